/**
 * JSON as Meta writes its webhooks, and signs them: in ASCII, what is beyond it as lower-case `\u00e3`, and `/`, `<`, `%`
 * and `@` escaped. An app that signs what it has parsed and written again meets other bytes, as at Meta.
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
