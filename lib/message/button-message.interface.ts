/**
 * Who gets the message. A string is a phone number with country code, a lid (`…@lid`) or a business-scoped user id of
 * WhatsApp (`BR.1A2b…`). A phone number without country code is read in the module's `defaultCountry`; without that
 * option it is refused, unless it begins with `+` or is unambiguous as it stands.
 */
export type MessageRecipient =
  | string
  | { phone: string }
  | { group: string }
  | { conversation: string }
  | { userId: string }
  | { lid: string };

/** What stands above the text: a line of text, or the http(s) address of an image or a video. */
export type MessageHeader = { text: string } | { image: string } | { video: string };

/** A press of it comes back as an event that carries the `id`. */
export interface ReplyButton {
  type: 'reply';
  /** 1–256 characters, unique in the message. */
  id: string;
  /** 1–20 characters, unique in the message. */
  title: string;
}

/** Opens an http(s) address. */
export interface UrlButton {
  type: 'url';
  /** 1–20 characters, unique in the message. */
  title: string;
  /** Begins with http:// or https://; Chatvolt wants https://. */
  url: string;
}

/** Dials a telephone number. */
export interface CallButton {
  type: 'call';
  /** 1–20 characters, unique in the message. */
  title: string;
  /** With country code, in any writing. */
  phone: string;
}

/** Copies a code. */
export interface CopyButton {
  type: 'copy';
  /** 1–20 characters, unique in the message. */
  title: string;
  /** What is copied. */
  code: string;
}

/** A button; `type` tells which. */
export type Button = ReplyButton | UrlButton | CallButton | CopyButton;

/**
 * One message for every provider. Lengths count Unicode code points; the limits are WhatsApp's own.
 *
 * @example
 * const message: ButtonMessage = {
 *   to: '+55 11 99999-9999',
 *   text: 'Your appointment is tomorrow at 10:00.',
 *   buttons: [
 *     { type: 'reply', id: 'confirm', title: 'Confirm' },
 *     { type: 'reply', id: 'reschedule', title: 'Another time' },
 *   ],
 * };
 */
export interface ButtonMessage {
  /** A phone number in any writing, a lid, a user id, a group, or a conversation of Chatvolt. */
  to: MessageRecipient;
  /** 1–1,024 characters. */
  text: string;
  /** Text: 1–60 characters. */
  header?: MessageHeader;
  /** 1–60 characters. */
  footer?: string;
  /** At least one; at most three reply buttons and three others. */
  buttons: Button[];
}
