const NAME_FORM = /^[A-Za-z_$][\w$]*$/;
const MAX_LINE = 56;

/** Returns a value of JSON as TypeScript: short parts in one line, others with a line for each field. */
export function sourceCode(value: unknown, indent = ''): string {
  const line = inOneLine(value);
  if (indent.length + line.length <= MAX_LINE || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => sourceCode(item, inner))
    : Object.entries(value).map(([name, field]) => `${nameCode(name)}: ${sourceCode(field, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
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
