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
  return JSON.stringify(written(value)) ?? '';
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

/** A value as it is written; itself, where nothing in it is written otherwise. A replacer would cost ten times as much. */
function written(value: unknown): unknown {
  if (types.isDate(value)) return { [DATE]: value.getTime() };
  if (Array.isArray(value)) return writtenList(value);
  if (!isRecord(value)) return value;
  return typeof value.toJSON === 'function' ? written(value.toJSON()) : writtenRecord(value);
}

function writtenList(list: unknown[]): unknown[] {
  const items = list.map(written);
  return items.every((item, index) => item === list[index]) ? list : items;
}

function writtenRecord(record: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(record);
  const members = names.map((name) => written(record[name]));
  const isAsItIs = names.every((name, index) => members[index] === record[name] && !DATE_OR_ESCAPED.test(name));
  return isAsItIs ? record : Object.fromEntries(names.map((name, index) => [escaped(name), members[index]]));
}

function escaped(name: string): string {
  return DATE_OR_ESCAPED.test(name) ? `$${name}` : name;
}

function readMember(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const names = Object.keys(value);
  if (names.length === 1 && names[0] === DATE) return dateOf(value[DATE]);
  if (!names.some((name) => ESCAPED.test(name))) return value;
  return Object.fromEntries(names.map((name) => [ESCAPED.test(name) ? name.slice(1) : name, value[name]]));
}

// An invalid date is written as null.
function dateOf(time: unknown): Date {
  return new Date(typeof time === 'number' ? time : Number.NaN);
}
