import { types } from 'node:util';
import { isRecord } from '../../validation/is-record.js';

const DATE = '$date';
const DATE_OR_ESCAPED = /^\$+date$/;
const ESCAPED = /^\$\$+date$/;

/**
 * A value as JSON from which `decode` restores it with its dates. A date becomes `{"$date":<milliseconds>}`; a key of
 * that name, or of a name made of it, gets one more `$`, so that nothing else is ever taken for a date.
 */
export function encode(value: unknown): string {
  return JSON.stringify(value, writeMember) ?? '';
}

/**
 * The value that `encode` was given.
 *
 * @throws SyntaxError, which does not repeat the text, where it is no JSON.
 */
export function decode(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text, readMember);
  } catch {
    throw new SyntaxError('What is stored is no JSON');
  }
}

// The value comes as its toJSON() left it; whether it was a date only its holder can tell.
function writeMember(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  if (types.isDate(original)) return { [DATE]: original.getTime() };
  return renamed(value, DATE_OR_ESCAPED, (name) => `$${name}`);
}

function readMember(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const names = Object.keys(value);
  if (names.length === 1 && names[0] === DATE) return dateOf(value[DATE]);
  return renamed(value, ESCAPED, (name) => name.slice(1));
}

// An invalid date is written as null.
function dateOf(time: unknown): Date {
  return new Date(typeof time === 'number' ? time : Number.NaN);
}

function renamed(value: unknown, names: RegExp, rename: (name: string) => string): unknown {
  if (!isRecord(value) || !Object.keys(value).some((name) => names.test(name))) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [names.test(name) ? rename(name) : name, member]),
  );
}
