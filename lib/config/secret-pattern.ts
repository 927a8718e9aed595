/** Shorter secrets are only matched literally, because their encoded forms would match ordinary text. */
const SHORT = 8;

const NAMED_ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/**
 * Builds a pattern that finds a secret in a provider's text: in any case, percent-encoded, escaped for JSON, JavaScript
 * or HTML (also repeatedly), broken into lines, in hexadecimal, in base64 and base64url, also within a longer text.
 */
export function secretPattern(secret: string): RegExp {
  const characters = [...secret].map(writtenForms);
  if (secret.length < SHORT) return new RegExp(characters.join(''), 'gu');
  const between = /\s/.test(secret) ? '' : '\\s{0,40}';
  const forms = [characters, [...Buffer.from(secret).toString('hex')], ...base64Forms(secret)];
  return new RegExp(forms.map((form) => form.join(between)).join('|'), 'giu');
}

function writtenForms(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const bytes = [...Buffer.from(character)].map((byte) => `%(?:25){0,4}${byte.toString(16).padStart(2, '0')}`);
  const entities = [`#0{0,6}${code};?`, `#x0{0,6}${hex};?`];
  const named = NAMED_ENTITIES[character];
  if (named !== undefined) entities.push(`${named};?`);
  const forms = [
    `\\\\{0,8}${literally(character)}`,
    bytes.join(''),
    unitsOf(character)
      .map((unit) => `\\\\{1,8}u${unit}`)
      .join(''),
    `\\\\{1,8}u\\{0{0,6}${hex}\\}`,
    `&(?:amp;){0,4}(?:${entities.join('|')})`,
  ];
  if (code < 256) forms.push(`\\\\{1,8}x${hex.padStart(2, '0')}`);
  if (character === ' ') forms.push('\\+');
  return `(?:${forms.join('|')})`;
}

function unitsOf(character: string): string[] {
  return character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
}

function literally(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}

/** The base64 characters that depend only on the secret, for each of three alignments. */
function base64Forms(secret: string): string[][] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const decided = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    const forms = [...decided].map(base64Character);
    return [...forms.slice(0, -1), `${forms.at(-1)}[\\w+/-]?(?:=|%(?:25){0,4}3d){0,2}`];
  });
}

function base64Character(character: string): string {
  switch (character) {
    case '+':
      return '(?:\\+|-|%(?:25){0,4}2b)';
    case '/':
      return '(?:\\\\{0,8}/|_|%(?:25){0,4}2f)';
    default:
      return character;
  }
}
