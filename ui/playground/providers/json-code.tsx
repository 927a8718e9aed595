/** Matches a token of JSON: a name, a string, a number, a literal, or punctuation. */
const pieceForm = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(\btrue\b|\bfalse\b|\bnull\b)/g;

interface Piece {
  readonly kind: 'name' | 'text' | 'number' | 'word' | 'rest';
  readonly written: string;
}

/** Shows formatted JSON with syntax colours. */
export function JsonCode({ value }: { value: unknown }) {
  const pieces = piecesOf(JSON.stringify(value, null, 2) ?? '');
  return (
    <pre class="json">
      {pieces.map(({ kind, written }, place) => (
        <span key={place} class={`json-${kind}`}>
          {written}
        </span>
      ))}
    </pre>
  );
}

function piecesOf(json: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of json.matchAll(pieceForm)) {
    const [whole, quoted, colon, number] = found;
    if (found.index > end) pieces.push({ kind: 'rest', written: json.slice(end, found.index) });
    pieces.push({ kind: kindOf(quoted, colon, number), written: quoted ?? whole });
    if (colon) pieces.push({ kind: 'rest', written: colon });
    end = found.index + whole.length;
  }
  return [...pieces, { kind: 'rest', written: json.slice(end) }];
}

function kindOf(quoted: string | undefined, colon: string | undefined, number: string | undefined): Piece['kind'] {
  if (quoted) return colon ? 'name' : 'text';
  return number ? 'number' : 'word';
}
