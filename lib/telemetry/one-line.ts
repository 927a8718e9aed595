/** Characters that break a line or hide part of it: control characters, line separators, direction marks. */
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

const MAX_QUOTE_LENGTH = 100;

/** Escapes a text so that it is one visible line. Untrusted input cannot forge another log line. */
export function oneLine(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Quotes untrusted text within a message, shortened and on one line. */
export function quoted(text: string): string {
  const cut = text.length > MAX_QUOTE_LENGTH ? `${text.slice(0, MAX_QUOTE_LENGTH)}…` : text;
  return `"${oneLine(cut)}"`;
}
