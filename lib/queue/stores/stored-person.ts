import type { KnownPerson } from '../../stores/person.store.js';
import { isRecord } from '../../validation/is-record.js';

/** Retention of a person, in milliseconds. Every callback renews it. */
export const PERSON_TTL_MS = 90 * 24 * 60 * 60 * 1_000;

/** Parses a person. Returns undefined if it is another value. @throws SyntaxError */
export function readPerson(text: string): KnownPerson | undefined {
  const value: unknown = JSON.parse(text);
  return isPerson(value) ? value : undefined;
}

function isPerson(value: unknown): value is KnownPerson {
  return isRecord(value) && Object.values(value).every((field) => typeof field === 'string');
}
