import type { Inline } from './inline-text.js';
import { readWhatsAppText } from './whatsapp-text.js';

/** Returns a text without formatting, in one line. */
export function plainText(text: string): string {
  return readWhatsAppText(text)
    .flatMap((block) => (block.kind === 'list' ? block.items.map(wordsOf) : [wordsOf(block.children)]))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function wordsOf(pieces: readonly Inline[]): string {
  return pieces.map((piece) => ('children' in piece ? wordsOf(piece.children) : piece.text)).join('');
}
