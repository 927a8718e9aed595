import type { Message } from '../message/message.interface.js';
import type { OfferedButton } from '../stores/sent-message.store.js';

/** A message that would have been sent. @publicApi */
export interface RecordedMessage {
  account: string;
  /** `z-api`, `chatvolt` or `whatsapp-cloud`. */
  provider: string;
  /** The path after the part that all requests of the account share, for example `send-button-actions`. */
  endpoint: string;
  /** The parsed body of the request. */
  body: unknown;
  /** The recipient in the provider's format: the digits of a phone number, a group, a conversation. */
  recipient: string;
  /** The buttons that can be pressed. For a text fallback, those that can be typed. */
  buttons: readonly OfferedButton[];
  /** The message given to `ButtonMessagingService`. Missing if a provider's service sent it. */
  message?: Message;
  /** The ID that the provider would have returned. */
  messageId: string;
}
