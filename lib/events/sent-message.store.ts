import type { SentMessage } from '../message/sent-message.interface.js';

/** A button as it was offered. Z-API makes an id of its own where none was given; it is empty here. */
export interface OfferedButton {
  id: string;
  title: string;
}

/** A sent message with what is needed to find it again when the answer comes. */
export interface RememberedMessage {
  sent: SentMessage;
  /** On the wire's own terms: digits, a group, a lid, a conversation. */
  recipient: string;
  buttons: OfferedButton[];
  /** Whether the buttons were written out as a numbered text. */
  numbered: boolean;
}

/**
 * Remembers what was sent. The one at hand keeps it in memory, for one process; a shared one lets one process hear the
 * answer to another's message. Injectable: give your own among `extraProviders`.
 */
export abstract class SentMessageStore {
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
