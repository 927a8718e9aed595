import type { ButtonMessage } from '../message/button-message.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';

/** How many messages with buttons are kept for each recipient. */
export const RECENT_MESSAGES = 5;

/** A button as it was offered. */
export interface OfferedButton {
  /** Empty where none was given. */
  id: string;
  title: string;
  /** A line of a numbered text that stands for no reply. */
  link?: true;
}

/** A sent message with what is needed to find it again when the answer comes. */
export interface RememberedMessage {
  /** As `send()` returned it. */
  sent: SentMessage;
  /** The provider's ids of this message, or of this part of a split one. */
  messageIds: string[];
  /** The keys of whom it went to: the `recipientKey` of the recipient, and of the conversation if that is known. */
  recipients: string[];
  buttons: OfferedButton[];
  /** Whether the buttons were written out as a numbered text. */
  numbered: boolean;
  /** Whether somebody waits for the answer. */
  asked: boolean;
  /**
   * The trace context of its send, as W3C writes it: what handles its answer is linked to it. Only where the send was
   * traced and sampled.
   */
  traceparent?: string;
  /** Its outcome is unknown: it may never have gone out. */
  isUnknown?: boolean;
  /** What to send as a text where a status says later that the buttons were refused. */
  lateFallback?: ButtonMessage;
}

/**
 * Remembers what was sent. The one at hand keeps it in memory, for one process; a shared one lets one process hear the
 * answer to another's message. Injectable: give your own among `extraProviders`.
 */
export abstract class SentMessageStore {
  /** Keeps a message under its ids and, if it has buttons, among the last `RECENT_MESSAGES` to each of its recipients. */
  abstract remember(message: RememberedMessage): Promise<void> | void;

  /** The message that the provider gave this id. */
  abstract byMessageId(
    account: string,
    messageId: string,
  ): Promise<RememberedMessage | undefined> | RememberedMessage | undefined;

  /** The last messages with buttons that went to this recipient, the newest first. */
  abstract recentTo(account: string, recipient: string): Promise<RememberedMessage[]> | RememberedMessage[];
}
