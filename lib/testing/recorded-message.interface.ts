import type { ButtonMessage } from '../message/button-message.interface.js';
import type { OfferedButton } from '../stores/sent-message.store.js';

/** A message that would have gone out. */
export interface RecordedMessage {
  account: string;
  /** `z-api`, `chatvolt` or `whatsapp-cloud`. */
  provider: string;
  /** The path behind the part that all calls of the account share, as `send-button-actions`. */
  endpoint: string;
  /** The body on the wire, parsed. */
  body: unknown;
  /** Whom it concerns, on the wire's own terms: the digits of a telephone number, a group, a conversation. */
  recipient: string;
  /** The buttons that can be pressed; of a numbered text, those that can be typed. */
  buttons: readonly OfferedButton[];
  /** The message as it was given to `ButtonMessagingService`; missing where a provider's service sent it. */
  message?: ButtonMessage;
  /** The id that the provider would have given it. */
  messageId: string;
}
