/** How long, and how many. Lengths are in Unicode code points. */
export interface MessageLimits {
  /** Reply buttons; and as many others. */
  buttons: number;
  /** Characters. */
  buttonTitle: number;
  /** Characters. */
  buttonId: number;
  /** Characters. */
  body: number;
  /** Characters of a header that is a text. */
  header: number;
  /** Characters. */
  footer: number;
  /** Whether reply buttons may stand beside link and call buttons in one Z-API message. */
  mixedButtons: 'reject' | 'allow';
}

/**
 * WhatsApp's own limits for a message with buttons, from the Cloud API's reference of interactive messages.
 * Chatvolt's reference repeats three buttons and titles of 20. Z-API documents none: there they are WhatsApp's,
 * and the module's `limits` loosens them.
 */
export const WHATSAPP_LIMITS: Readonly<MessageLimits> = Object.freeze({
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  body: 1_024,
  header: 60,
  footer: 60,
  // Z-API documents that the mixture breaks WhatsApp Web.
  mixedButtons: 'reject',
});

/** Limits that no option changes: the provider itself refuses what goes beyond. */
export const FIXED_LIMITS = Object.freeze({
  // WhatsApp Cloud API, interactive list messages; Chatvolt's send-lists passes them on.
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
  // WhatsApp Cloud API, messages reference.
  text: 4_096,
  callbackData: 512,
  // Z-API, delayMessage and delayTyping, in seconds.
  delay: Object.freeze({ min: 1, max: 15 }),
});
