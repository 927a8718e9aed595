import { randomUUID } from 'node:crypto';

/**
 * A new UUID, in one piece. As Node makes it, it is a tree of its digits, and each of the twenty thousand that are kept
 * would be a few dozen things for the garbage collector to carry about.
 */
export function newId(): string {
  return randomUUID().toLowerCase();
}
