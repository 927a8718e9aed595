import { hash } from 'node:crypto';

/** Returns a key of constant length that does not reveal its parts, such as phone numbers. Different parts differ. */
export function hashKey(...parts: string[]): string {
  // JSON escapes lone surrogates, which UTF-8 would all replace with the same character.
  return hash('sha256', JSON.stringify(parts), 'base64url');
}
