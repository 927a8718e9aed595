import { hash } from 'node:crypto';

const TEN_YEARS_MS = 315_360_000_000;

/** Returns a key of constant length that does not reveal its parts, such as phone numbers. Different parts differ. */
export function hashKey(...parts: string[]): string {
  // JSON escapes lone surrogates, which UTF-8 would all replace with the same character.
  return hash('sha256', JSON.stringify(parts), 'base64url');
}

/** Returns a duration that every server supports: whole milliseconds, from 1 to ten years. */
export function clampTtl(ms: number): number {
  return Math.min(TEN_YEARS_MS, Math.max(1, Math.ceil(ms)));
}
