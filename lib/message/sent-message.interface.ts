import type { MessageRecipient } from './button-message.interface.js';

/** A message that a provider accepted: it has taken it over, which is not yet delivered. */
export interface SentMessage {
  /** This package's own id, a UUID, for correlation. */
  id: string;
  /** `z-api`, `chatvolt` or `whatsapp-cloud`. */
  provider: string;
  /** The name of the account that sent it. */
  account: string;
  /** Whom it went to. */
  to: MessageRecipient;
  /** The provider's id of the message; statuses and replies name it. Chatvolt may give none. */
  messageId?: string;
  /** All ids that the provider gave: Z-API's `messageId` and `zaapId`. Statuses may name any of them. */
  providerIds?: string[];
  /** When the provider's answer came. */
  acceptedAt: Date;
  /** How many requests it took. */
  attempts: number;
  /** The accounts tried before this one, with the code of the error each gave. */
  tried?: { account: string; code: string }[];
  /** `text` or `split` where the buttons could not be sent as they were written. */
  degraded?: 'text' | 'split';
  /** The messages that a split one became, in the order in which they were sent. */
  parts?: SentMessage[];
}
