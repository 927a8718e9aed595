import { type Inline, readInline } from './inline-text.js';

/** A block of a message's text. */
export type Block =
  | { readonly kind: 'paragraph' | 'quote'; readonly children: readonly Inline[] }
  | { readonly kind: 'list'; readonly start: number | undefined; readonly items: readonly (readonly Inline[])[] };

type Line = {
  readonly kind: 'paragraph' | 'quote' | 'bullets' | 'numbers';
  readonly text: string;
  readonly start?: number;
};

/** Parses WhatsApp's formatting. A list without `start` has bullets. */
export function readWhatsAppText(text: string): Block[] {
  const blocks: Block[] = [];
  let gathered: Line[] = [];
  const close = (): void => {
    if (gathered.length > 0) blocks.push(blockOf(gathered));
    gathered = [];
  };
  for (const line of wholeLines(text).map(readLine)) {
    if (gathered[0]?.kind !== line.kind) close();
    gathered.push(line);
  }
  close();
  return blocks.filter((block) => block.kind === 'list' || block.children.length > 0);
}

/** Splits the text into lines. A monospaced part is one line, up to its end. */
function wholeLines(text: string): string[] {
  const lines: string[] = [];
  let open: string[] = [];
  for (const line of text.split('\n')) {
    open.push(line);
    const isFenceOpen = open.join('\n').split('```').length % 2 === 0;
    if (isFenceOpen) continue;
    lines.push(open.join('\n'));
    open = [];
  }
  return [...lines, ...open];
}

function readLine(line: string): Line {
  const quote = /^> (.*)$/s.exec(line)?.[1];
  if (quote !== undefined) return { kind: 'quote', text: quote };
  const bullet = /^[*-] (.+)$/s.exec(line)?.[1];
  if (bullet !== undefined) return { kind: 'bullets', text: bullet };
  const [, number, text] = /^(\d{1,3})\. (.+)$/s.exec(line) ?? [];
  if (number !== undefined && text !== undefined) return { kind: 'numbers', text, start: Number(number) };
  return { kind: 'paragraph', text: line };
}

function blockOf(lines: readonly Line[]): Block {
  const kind = lines[0]?.kind ?? 'paragraph';
  if (kind === 'bullets' || kind === 'numbers') {
    return { kind: 'list', start: lines[0]?.start, items: lines.map(({ text }) => readInline(text)) };
  }
  const text = lines.map((line) => line.text).join('\n');
  // Blocks have margins, so an empty line next to one is dropped.
  return { kind, children: readInline(text.replace(/^(?:[ \t]*\n)+|\s+$/g, '')) };
}
