import type { MessageHeader } from './button-message.interface.js';

/** A header by its fields, of which a checked one has exactly one. A field that is there and undefined is absent. */
export function headerFields(header: MessageHeader | undefined): { text?: string; image?: string; video?: string } {
  return header ?? {};
}
