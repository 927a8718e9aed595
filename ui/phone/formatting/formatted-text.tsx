import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { useTexts } from '../language/language.js';
import type { Inline } from './inline-text.js';
import { type Block, readWhatsAppText } from './whatsapp-text.js';

/** The length at which a text is cut until "Read more", in UTF-16 units. */
const foldedLength = 768;

/** Shows a text as WhatsApp does. It is never HTML, and does not change the text direction around it. */
export function FormattedText({ text }: { text: string }) {
  const { readMore } = useTexts();
  const [unfolded, setUnfolded] = useState(false);
  const folds = !unfolded && text.length > foldedLength + 64;
  const shown = folds ? folded(text) : text;
  const blocks = useMemo(() => readWhatsAppText(shown), [shown]);
  return (
    <div class="text" dir="auto">
      {blocks.map((block, place) => (
        <BlockView key={place} block={block} />
      ))}
      {folds && (
        <button type="button" class="read-more" onClick={() => setUnfolded(true)}>
          {readMore}
        </button>
      )}
    </div>
  );
}

function folded(text: string): string {
  const start = text.slice(0, foldedLength);
  return `${start.replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'list') {
    const items = block.items.map((item, place) => (
      <li key={place} dir="auto">
        <Pieces of={item} />
      </li>
    ));
    return block.start === undefined ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
  }
  const Element = block.kind === 'quote' ? 'blockquote' : 'p';
  return (
    <Element dir="auto">
      <Pieces of={block.children} />
    </Element>
  );
}

function Pieces({ of }: { of: readonly Inline[] }) {
  return <>{of.map(piece)}</>;
}

function piece(inline: Inline, place: number): ComponentChildren {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'bold':
      return <strong key={place}>{inline.children.map(piece)}</strong>;
    case 'italic':
      return <em key={place}>{inline.children.map(piece)}</em>;
    case 'strike':
      return <s key={place}>{inline.children.map(piece)}</s>;
    case 'code':
    case 'mono':
      return (
        <code key={place} class={inline.kind}>
          {inline.text}
        </code>
      );
    case 'link':
      return (
        <a key={place} href={inline.target} target="_blank" rel="noopener noreferrer">
          <bdi>{inline.text}</bdi>
        </a>
      );
  }
}
