import type { MessageHeader } from './button-message.interface.js';

/** Returns the fields of a header. A validated header has exactly one. */
export function headerFields(header: MessageHeader | undefined): { text?: string; image?: string; video?: string } {
  return header ?? {};
}
