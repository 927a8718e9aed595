import type { MessageRecipient } from './button-message.interface.js';

/** A message that a provider accepted. It is not necessarily delivered. @publicApi */
export interface SentMessage {
  /** This package's ID of the message, a UUID, for correlation. */
  id: string;
  /** `z-api`, `chatvolt` or `whatsapp-cloud`. */
  provider: string;
  /** The name of the account that sent it. */
  account: string;
  /** The recipient. */
  to: MessageRecipient;
  /** The provider's ID of the message, which statuses and replies contain. Chatvolt may return none. */
  messageId?: string;
  /** All IDs that the provider returned: Z-API's `messageId` and `zaapId`. Statuses may contain any of them. */
  providerIds?: string[];
  /** When the provider's response arrived. */
  acceptedAt: Date;
  /** Number of requests. */
  attempts: number;
  /** The accounts that were tried before, with the code of the error of each. */
  tried?: { account: string; code: string }[];
  /** `text` or `split` if the buttons could not be sent as given, `template` if the 24-hour window was closed. */
  degraded?: 'text' | 'split' | 'template';
  /** The `metadata` of its options. */
  metadata?: Record<string, string>;
  /** The messages that a split one became, in the order in which they were sent. */
  parts?: SentMessage[];
}
