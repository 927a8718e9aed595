import type { KnownPerson } from '../../stores/person.store.js';
import { isRecord } from '../../validation/is-record.js';

/** How long a person is known: much longer than a conversation lasts, and learned again with every callback. */
export const PERSON_TTL_MS = 90 * 24 * 60 * 60 * 1_000;

/** A person as JSON has them; undefined if it is something else. @throws SyntaxError if it is not JSON. */
export function readPerson(text: string): KnownPerson | undefined {
  const value: unknown = JSON.parse(text);
  return isPerson(value) ? value : undefined;
}

function isPerson(value: unknown): value is KnownPerson {
  return isRecord(value) && Object.values(value).every((field) => typeof field === 'string');
}
