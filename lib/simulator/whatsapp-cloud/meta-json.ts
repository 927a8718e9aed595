/**
 * Serializes JSON like Meta's webhooks, which are signed: as ASCII, with other characters as lower-case `\u00e3`, and
 * escaped `/`, `<`, `%` and `@`. An application that parses and serializes the body before it verifies the signature
 * gets other bytes.
 *
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export function metaJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[\u007f-\uffff]/g, (character) => `\\u${hexadecimal(character)}`)
    .replace(/[<%@]/g, (character) => `\\u${hexadecimal(character).toUpperCase()}`)
    .replaceAll('/', '\\/');
}

function hexadecimal(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
