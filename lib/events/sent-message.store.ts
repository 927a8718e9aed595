import type { ButtonMessage } from '../message/button-message.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';

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
  /** The provider's id of this message, or of this part of a split one. */
  messageId?: string;
  /** A telephone number without what differs between WhatsApp and others, a group, a lid, a conversation. */
  recipient: string;
  buttons: OfferedButton[];
  /** Whether the buttons were written out as a numbered text. */
  numbered: boolean;
  /** Whether somebody waits for the answer. */
  asked: boolean;
  /** What to send as a text where a status says later that the buttons were refused. */
  lateFallback?: ButtonMessage;
}

/**
 * Remembers what was sent. The one at hand keeps it in memory, for one process; a shared one lets one process hear the
 * answer to another's message. Injectable: give your own among `extraProviders`.
 */
export abstract class SentMessageStore {
  /** Keeps a message under its id and, where it has buttons, as the last one to its recipient. */
  abstract remember(message: RememberedMessage): Promise<void> | void;

  /** The message that the provider gave this id. */
  abstract byMessageId(
    account: string,
    messageId: string,
  ): Promise<RememberedMessage | undefined> | RememberedMessage | undefined;

  /** The last message with buttons that went to this recipient. */
  abstract lastTo(
    account: string,
    recipient: string,
  ): Promise<RememberedMessage | undefined> | RememberedMessage | undefined;
}
