import { hash } from 'node:crypto';

/**
 * The name under which a store keeps something: short, in every alphabet, and without the telephone numbers that are
 * in the parts. Different parts make different names.
 */
export function hashKey(...parts: string[]): string {
  // JSON also keeps apart what UTF-8 would merge: halves of surrogate pairs.
  return hash('sha256', JSON.stringify(parts), 'base64url');
}
