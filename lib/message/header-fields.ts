import type { DocumentHeader, MediaKind, MessageHeader } from './button-message.interface.js';

interface HeaderFields {
  text?: string;
  image?: string;
  video?: string;
  document?: DocumentHeader;
  mediaId?: string;
  kind?: MediaKind;
}

/** Returns the fields of a header. A validated header has exactly one, or `mediaId` and `kind`. */
export function headerFields(header: MessageHeader | undefined): HeaderFields {
  return header ?? {};
}
