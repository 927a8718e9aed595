/** A piece of formatted text. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: Emphasis; readonly children: readonly Inline[] }
  | { readonly kind: 'code' | 'mono'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly target: string };

export type Emphasis = 'bold' | 'italic' | 'strike';

interface Found {
  readonly piece: Inline;
  /** The position after the piece. */
  readonly end: number;
}

const emphases: ReadonlyMap<string, Emphasis> = new Map([
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strike'],
]);
const wordCharacter = /[\p{L}\p{N}]/u;
const linkForm = /(?:https?:\/\/|www\.)[^\s<>]+|\+\d[\d ().-]{6,18}\d/iy;

/** Parses the formatting within a line. Everything else stays text. */
export function readInline(text: string, within: readonly Emphasis[] = []): Inline[] {
  const pieces: Inline[] = [];
  const unclosed = new Map<string, number>();
  let plain = 0;
  let at = 0;
  while (at < text.length) {
    const found = codeAt(text, at) ?? emphasisAt(text, at, within, unclosed) ?? linkAt(text, at);
    if (!found) {
      at += 1;
      continue;
    }
    if (plain < at) pieces.push({ kind: 'text', text: text.slice(plain, at) });
    pieces.push(found.piece);
    at = found.end;
    plain = at;
  }
  if (plain < at) pieces.push({ kind: 'text', text: text.slice(plain) });
  return pieces;
}

function codeAt(text: string, at: number): Found | undefined {
  if (text[at] !== '`') return undefined;
  const mark = text.startsWith('```', at) ? '```' : '`';
  const start = at + mark.length;
  const close = text.indexOf(mark, start);
  const code = text.slice(start, close);
  if (close <= start || code.trim() === '' || (mark === '`' && code.includes('\n'))) return undefined;
  return { piece: { kind: mark === '`' ? 'code' : 'mono', text: code }, end: close + mark.length };
}

/** @param unclosed For each mark, the position up to which it is known not to close. */
function emphasisAt(
  text: string,
  at: number,
  within: readonly Emphasis[],
  unclosed: Map<string, number>,
): Found | undefined {
  const mark = text[at] ?? '';
  const kind = emphases.get(mark);
  const next = text[at + 1] ?? ' ';
  if (!kind || within.includes(kind) || next === mark || /\s/.test(next)) return undefined;
  if (wordCharacter.test(text[at - 1] ?? '') || at < (unclosed.get(mark) ?? 0)) return undefined;
  const lineEnd = (text.indexOf('\n', at) + 1 || text.length + 1) - 1;
  for (let close = text.indexOf(mark, at + 2); close > 0 && close < lineEnd; close = text.indexOf(mark, close + 1)) {
    if (/\s/.test(text[close - 1] ?? '') || wordCharacter.test(text[close + 1] ?? '')) continue;
    return { piece: { kind, children: readInline(text.slice(at + 1, close), [...within, kind]) }, end: close + 1 };
  }
  unclosed.set(mark, lineEnd);
  return undefined;
}

function linkAt(text: string, at: number): Found | undefined {
  if (!/[hw+]/i.test(text[at] ?? '') || wordCharacter.test(text[at - 1] ?? '')) return undefined;
  linkForm.lastIndex = at;
  const shown = linkForm.exec(text)?.[0].replace(/[.,;:!?'")\]*_~]+$/, '');
  const target = shown && linkTarget(shown);
  return target ? { piece: { kind: 'link', text: shown, target }, end: at + shown.length } : undefined;
}

/** Returns the URL of a link if its protocol is http, https or tel. */
export function linkTarget(address: string): string | undefined {
  if (/^\+?[\d ().-]+$/.test(address)) return `tel:${address.replace(/[^\d+]/g, '')}`;
  const whole = /^www\./i.test(address) ? `https://${address}` : address;
  return /^https?:\/\//i.test(whole) && URL.canParse(whole) ? whole : undefined;
}
