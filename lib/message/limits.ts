/** Limits of a message. Lengths count Unicode code points. @publicApi */
export interface MessageLimits {
  /** Maximum number of reply buttons, and of other buttons. @default 3 */
  buttons: number;
  /** Maximum length of a button's title. @default 20 */
  buttonTitle: number;
  /** Maximum length of a button's ID. @default 256 */
  buttonId: number;
  /** Maximum length of the text. @default 1_024 */
  body: number;
  /** Maximum length of a text header. @default 60 */
  header: number;
  /** Maximum length of the footer. @default 60 */
  footer: number;
  /** Whether one Z-API message may contain both reply buttons and link or call buttons. @default 'reject' */
  mixedButtons: 'reject' | 'allow';
}

/**
 * WhatsApp's limits of a message with buttons. Chatvolt documents the same number of buttons and length of titles. Z-API
 * documents no limits, so the module's `limits` option can change them.
 *
 * @see {@link https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages}
 */
export const WHATSAPP_LIMITS: Readonly<MessageLimits> = Object.freeze({
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  body: 1_024,
  header: 60,
  footer: 60,
  // Z-API documents that mixed buttons break WhatsApp Web.
  mixedButtons: 'reject',
});

/** Limits that no option changes, because the provider itself rejects anything beyond. */
export const FIXED_LIMITS = Object.freeze({
  // WhatsApp Cloud API, interactive list messages. Chatvolt's send-lists passes them on.
  list: Object.freeze({
    sections: 10,
    rows: 10,
    button: 20,
    sectionTitle: 24,
    rowId: 200,
    rowTitle: 24,
    rowDescription: 72,
    body: 4_096,
  }),
  // WhatsApp Cloud API, message templates.
  template: Object.freeze({ name: 512, buttons: 10, buttonTitle: 25, url: 2_000, code: 15 }),
  // WhatsApp Cloud API, messages reference.
  text: 4_096,
  callbackData: 512,
  caption: 1_024,
  // WhatsApp Cloud API, interactive media carousel messages.
  carousel: Object.freeze({ minCards: 2, maxCards: 10, body: 160 }),
  // WhatsApp Cloud API, flow messages.
  flowButton: 30,
  // WhatsApp Cloud API, call button messages.
  voiceCall: Object.freeze({ minutes: 43_200, payload: 512 }),
  // WhatsApp's own limits of a poll. Z-API documents none.
  poll: Object.freeze({ options: 12, option: 100 }),
  // Z-API, delayMessage and delayTyping, in seconds.
  delay: Object.freeze({ min: 1, max: 15 }),
});

const MEBIBYTE = 1_024 * 1_024;

/**
 * The maximum sizes of files, in bytes.
 *
 * @see {@link https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media}
 */
export const MEDIA_LIMITS = Object.freeze({
  image: 5 * MEBIBYTE,
  audio: 16 * MEBIBYTE,
  video: 16 * MEBIBYTE,
  document: 100 * MEBIBYTE,
  sticker: 500 * 1_024,
});

/** Returns the kind of message for files of a MIME type. */
export function mediaKind(mimeType: string): keyof typeof MEDIA_LIMITS {
  const type = mimeType.toLowerCase();
  if (type.startsWith('image/webp')) return 'sticker';
  return (['image', 'audio', 'video'] as const).find((kind) => type.startsWith(`${kind}/`)) ?? 'document';
}
