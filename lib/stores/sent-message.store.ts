import type { ButtonMessage } from '../message/button-message.interface.js';
import type { ListMessage, Template, TemplateMessage } from '../message/message.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';

/** Number of messages with buttons that are stored per recipient. @publicApi */
export const RECENT_MESSAGES = 5;

/** A button of a sent message. @publicApi */
export interface OfferedButton {
  /** Empty if the button has none. */
  id: string;
  title: string;
  /** What else people may type for it. */
  synonyms?: string[];
  /** A line of a text fallback that is not a reply. */
  link?: true;
}

/** A sent message with what is needed to match its reply. @publicApi */
export interface RememberedMessage {
  /** The result of `send()`. */
  sent: SentMessage;
  /** The provider's IDs of this message, or of this part of a split one. */
  messageIds: string[];
  /** The `recipientKey` of the recipient, and that of the conversation if it is known. */
  recipients: string[];
  buttons: OfferedButton[];
  /** Whether the buttons were sent as a text fallback. */
  numbered: boolean;
  /** Whether `ask()` waits for the reply. */
  asked: boolean;
  /** The W3C `traceparent` of its send, if that was sampled. Spans of its reply's handlers are linked to it. */
  traceparent?: string;
  /** Its outcome is unknown: it may not have been sent. */
  isUnknown?: boolean;
  /** What to send as a text if a later status says that the buttons were rejected. */
  lateFallback?: ButtonMessage | ListMessage | TemplateMessage;
  /** What to send if a later status says that the 24-hour window was closed. */
  windowClosed?: Template;
}

/**
 * Stores sent messages, to match replies to them.
 *
 * The default implementation is in memory and per process. `ButtonMessagingQueueModule` provides a shared one, so that any
 * process can match a reply. Provide your own through `extraProviders`.
 *
 * @publicApi
 */
export abstract class SentMessageStore {
  /** Stores a message by its IDs and, if it has buttons, among the last `RECENT_MESSAGES` of each of its recipients. */
  abstract remember(message: RememberedMessage): Promise<void> | void;

  /** Returns the message with a provider's ID. */
  abstract byMessageId(
    account: string,
    messageId: string,
  ): Promise<RememberedMessage | undefined> | RememberedMessage | undefined;

  /** Returns the last messages with buttons to a recipient, newest first. */
  abstract recentTo(account: string, recipient: string): Promise<RememberedMessage[]> | RememberedMessage[];
}
