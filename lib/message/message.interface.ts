import type { ButtonMessage, DocumentHeader, MessageRecipient } from './button-message.interface.js';

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

/** The values of a template's variables: by position, or by name. @publicApi */
export type TemplateParameters = string[] | Record<string, string>;

/** The header of a template: the values of its text, or its file. @publicApi */
export interface TemplateHeader {
  text?: TemplateParameters;
  /** An http(s) URL. */
  image?: string;
  /** An http(s) URL. */
  video?: string;
  document?: DocumentHeader;
}

/** The value of a template's button. `index` is its position in the template, from 0. @publicApi */
export type TemplateButton =
  | {
      type: 'reply';
      index: number;
      /** The `id` of the button in the `ButtonReplyEvent`. */
      payload: string;
      /** The button's title in the template, so that typed replies find it. Chatvolt reports presses by title. */
      title?: string;
    }
  | {
      type: 'url';
      index: number;
      /** What replaces the variable at the end of the URL. */
      suffix: string;
    }
  | { type: 'copy'; index: number; code: string }
  | { type: 'flow'; index: number; token?: string; data?: Record<string, unknown> };

/** An approved template with its values. @publicApi */
export interface Template {
  /** The name of the template. */
  name: string;
  /** Its language, such as `pt_BR`. */
  language: string;
  header?: TemplateHeader;
  /** The values of its body. Chatvolt requires named ones. */
  body?: TemplateParameters;
  /** The buttons that have values. At most ten. */
  buttons?: TemplateButton[];
}

/**
 * An approved template: the only message that opens a conversation at the WhatsApp Cloud API and Chatvolt, and that
 * reaches a person more than 24 hours after their last message.
 *
 * @see {@link https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview}
 *
 * @example
 * const reminder: TemplateMessage = {
 *   to: '+55 11 99999-9999',
 *   template: {
 *     name: 'appointment_reminder',
 *     language: 'pt_BR',
 *     body: { patient: 'Ana', time: '10:00' },
 *     buttons: [{ type: 'reply', index: 0, payload: 'confirm', title: 'Confirmar' }],
 *   },
 *   text: 'Ana, your appointment is tomorrow at 10:00.',
 * };
 *
 * @publicApi
 */
export interface TemplateMessage {
  /** A phone number in any format, or a user ID. */
  to: MessageRecipient;
  template: Template;
  /** What the template says: for Chatvolt's records, and for `fallback: 'text'`. 1–4,096 characters. */
  text?: string;
}

/** A message for any provider: with buttons, with a list, a text, or a template. @publicApi */
export type Message = ButtonMessage | ListMessage | TextMessage | TemplateMessage;

/** A message without its recipient, for `reply`. @publicApi */
export type MessageContent =
  | Omit<ButtonMessage, 'to'>
  | Omit<ListMessage, 'to'>
  | Omit<TextMessage, 'to'>
  | Omit<TemplateMessage, 'to'>;

/** A message that is more than a text, and may be sent as one. */
export type RichMessage = ButtonMessage | ListMessage | TemplateMessage;

/** What a message consists of. */
export type MessageKind = 'buttons' | 'list' | 'template' | 'text';

/** Returns the kind of a message by its fields. The message may be invalid. */
export function messageKind(message: object): MessageKind {
  if ('buttons' in message) return 'buttons';
  if ('list' in message) return 'list';
  return 'template' in message ? 'template' : 'text';
}

/** Checks whether a message has buttons. */
export function isButtonMessage(message: Message): message is ButtonMessage {
  return messageKind(message) === 'buttons';
}

/** Checks whether a message has a list. */
export function isListMessage(message: Message): message is ListMessage {
  return messageKind(message) === 'list';
}

/** Checks whether a message is a template. */
export function isTemplateMessage(message: Message): message is TemplateMessage {
  return messageKind(message) === 'template';
}

/** Checks whether a message is more than a text. */
export function isRichMessage(message: Message): message is RichMessage {
  return messageKind(message) !== 'text';
}
