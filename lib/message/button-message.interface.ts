/**
 * The recipient of a message.
 *
 * A string is a phone number with country code, a lid (`…@lid`) or a business-scoped user ID of WhatsApp (`BR.1A2b…`).
 * A phone number without country code is read as one of the module's `defaultCountry`. Without that option it is
 * rejected, unless it begins with `+` or is unambiguous.
 *
 * @publicApi
 */
export type MessageRecipient =
  | string
  | { phone: string }
  | { group: string }
  | { conversation: string }
  | { userId: string }
  | { lid: string };

/** A document above the text. @publicApi */
export interface DocumentHeader {
  /** An http(s) URL. */
  link: string;
  /** The displayed name. */
  filename?: string;
}

/**
 * The header above the text: a line of text, the http(s) URL of an image or a video, a document, or a file that was
 * uploaded to the provider. Only the WhatsApp Cloud API supports the last two.
 *
 * @publicApi
 */
export type MessageHeader =
  | { text: string }
  | { image: string }
  | { video: string }
  | { document: DocumentHeader }
  | { mediaId: string; kind: MediaKind };

/** The kinds of media that a header can have. @publicApi */
export type MediaKind = 'image' | 'video' | 'document';

/** A button whose press arrives as a `ButtonReplyEvent` with its `id`. @publicApi */
export interface ReplyButton {
  type: 'reply';
  /** 1–256 characters, unique in the message. */
  id: string;
  /** 1–20 characters, unique in the message. */
  title: string;
  /** What else people type for it, besides its title: at most 100 texts. An emoji counts, too. */
  synonyms?: string[];
}

/** A button that opens an http(s) URL. @publicApi */
export interface UrlButton {
  type: 'url';
  /** 1–20 characters, unique in the message. */
  title: string;
  /** Begins with http:// or https://. Chatvolt requires https://. */
  url: string;
}

/** A button that dials a phone number. @publicApi */
export interface CallButton {
  type: 'call';
  /** 1–20 characters, unique in the message. */
  title: string;
  /** With country code, in any format. */
  phone: string;
}

/** A button that copies a code. @publicApi */
export interface CopyButton {
  type: 'copy';
  /** 1–20 characters, unique in the message. */
  title: string;
  /** The code to copy. */
  code: string;
}

/** A button. `type` says which. @publicApi */
export type Button = ReplyButton | UrlButton | CallButton | CopyButton;

/**
 * A message for any provider. Lengths count Unicode code points. The limits are those of WhatsApp.
 *
 * @see {@link https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages}
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
 *
 * @publicApi
 */
export interface ButtonMessage {
  /** A phone number in any format, a lid, a user ID, a group, or a Chatvolt conversation. */
  to: MessageRecipient;
  /** 1–1,024 characters. */
  text: string;
  /** A text has 1–60 characters. */
  header?: MessageHeader;
  /** 1–60 characters. */
  footer?: string;
  /** At least one. At most three reply buttons and three others. */
  buttons: Button[];
}
