import type { ButtonMessage, MessageRecipient } from './button-message.interface.js';

/**
 * A text without buttons.
 *
 * @example
 * await this.messaging.send({ to: '+55 11 99999-9999', text: 'Thank you. See you tomorrow!' });
 *
 * @publicApi
 */
export interface TextMessage {
  /** A phone number in any format, a lid, a user ID, a group, or a Chatvolt conversation. */
  to: MessageRecipient;
  /** 1–4,096 characters. */
  text: string;
}

/** A row of a list. Its choice arrives as a `ButtonReplyEvent` with its `id`. @publicApi */
export interface ListRow {
  /** 1–200 characters, unique in the list. */
  id: string;
  /** 1–24 characters, unique in the list. */
  title: string;
  /** 1–72 characters. */
  description?: string;
}

/** Rows of a list under a common title. @publicApi */
export interface ListSection {
  /** 1–24 characters. Only a single section may omit it. Chatvolt requires it, and Z-API does not show it. */
  title?: string;
  rows: ListRow[];
}

/**
 * A text with a button that opens a list of choices. The limits are those of WhatsApp.
 *
 * @see {@link https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages}
 *
 * @example
 * const message: ListMessage = {
 *   to: '+55 11 99999-9999',
 *   text: 'Which time suits you?',
 *   list: {
 *     button: 'Choose a time',
 *     sections: [{ title: 'Tuesday', rows: [{ id: 'tue-9', title: '9:00' }, { id: 'tue-10', title: '10:00' }] }],
 *   },
 * };
 *
 * @publicApi
 */
export interface ListMessage {
  /** A phone number in any format, a lid, a user ID, or a Chatvolt conversation. */
  to: MessageRecipient;
  /** 1–4,096 characters. Z-API allows 1,024. */
  text: string;
  /** 1–60 characters. */
  header?: { text: string };
  /** 1–60 characters. Z-API does not support it. */
  footer?: string;
  /** At most ten rows in total. */
  list: {
    /** The text of the button that opens the list, 1–20 characters. */
    button: string;
    sections: ListSection[];
  };
}

/** A message for any provider: with buttons, with a list, or a text. @publicApi */
export type Message = ButtonMessage | ListMessage | TextMessage;

/** A message without its recipient, for `reply`. @publicApi */
export type MessageContent = Omit<ButtonMessage, 'to'> | Omit<ListMessage, 'to'> | Omit<TextMessage, 'to'>;

/** A message that offers choices. */
export type ChoiceMessage = ButtonMessage | ListMessage;

/** What a message consists of. */
export type MessageKind = 'buttons' | 'list' | 'text';

/** Returns the kind of a message by its fields. The message may be invalid. */
export function messageKind(message: object): MessageKind {
  if ('buttons' in message) return 'buttons';
  return 'list' in message ? 'list' : 'text';
}

/** Checks whether a message has buttons. */
export function isButtonMessage(message: Message): message is ButtonMessage {
  return messageKind(message) === 'buttons';
}

/** Checks whether a message has a list. */
export function isListMessage(message: Message): message is ListMessage {
  return messageKind(message) === 'list';
}

/** Checks whether a message offers choices. */
export function isChoiceMessage(message: Message): message is ChoiceMessage {
  return messageKind(message) !== 'text';
}
