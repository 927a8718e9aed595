import { createHash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';

// What is nested deeper tells no two callbacks apart, and a stranger may nest without end.
const MAX_DEPTH = 32;

/** Stands for the id of a callback that has none: the same for every repetition of it, and for nothing else. */
export function callbackId(...content: unknown[]): string {
  const stringify = configure({ maximumDepth: MAX_DEPTH });
  return `callback-${createHash('sha256')
    .update(`${stringify(content)}`)
    .digest('base64url')}`;
}
