/** What would break a line or hide a part of it: control characters, line separators, marks that turn the direction. */
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

const MAX_QUOTE_LENGTH = 100;

/** A text as one line that shows everything in it: nobody who chose a part of it can forge another line. */
export function oneLine(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Foreign text within a message: quoted, cut, on one line. */
export function quoted(text: string): string {
  const cut = text.length > MAX_QUOTE_LENGTH ? `${text.slice(0, MAX_QUOTE_LENGTH)}…` : text;
  return `"${oneLine(cut)}"`;
}
