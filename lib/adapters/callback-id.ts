import { createHash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';

// Callbacks do not differ below this depth, and unauthenticated content may be nested without limit.
const MAX_DEPTH = 32;

/** Returns an ID for a callback without one. Repetitions of the callback have the same ID. */
export function callbackId(...content: unknown[]): string {
  const stringify = configure({ maximumDepth: MAX_DEPTH });
  return `callback-${createHash('sha256')
    .update(`${stringify(content)}`)
    .digest('base64url')}`;
}
