const NAME_FORM = /^[A-Za-z_$][\w$]*$/;
const MAX_LINE = 52;

/**
 * Returns a value of JSON as TypeScript: short parts in one line, others with a line for each field.
 *
 * @param before What its first line begins with, such as the name of a field.
 */
export function sourceCode(value: unknown, indent: string, before = ''): string {
  const line = inOneLine(value);
  const width = indent.length + before.length + line.length;
  if (width <= MAX_LINE || typeof value !== 'object' || value === null) return before + line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => sourceCode(item, inner))
    : Object.entries(value).map(([name, field]) => sourceCode(field, inner, `${nameCode(name)}: `));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${before}${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
}

function inOneLine(value: unknown): string {
  if (typeof value === 'string') return textCode(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  const fields = Object.entries(value).map(([name, field]) => `${nameCode(name)}: ${inOneLine(field)}`);
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
}

function nameCode(name: string): string {
  return NAME_FORM.test(name) ? name : textCode(name);
}

/** JSON escapes line breaks and control characters. */
function textCode(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside}'`;
}
