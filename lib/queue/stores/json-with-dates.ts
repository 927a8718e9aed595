import { types } from 'node:util';
import { isRecord } from '../../validation/is-record.js';

const DATE = '$date';
const DATE_OR_ESCAPED = /^\$+date$/;
const ESCAPED = /^\$\$+date$/;

/**
 * Serializes a value to JSON that keeps dates. A date becomes `{"$date":<milliseconds>}`. Keys named `$date` get one
 * more `$`, so that they are not parsed as a date.
 */
export function encode(value: unknown): string {
  return JSON.stringify(written(value)) ?? '';
}

/** Parses the result of `encode`. @throws SyntaxError, which does not contain the text */
export function decode(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text, readMember);
  } catch {
    throw new SyntaxError('The stored value is not valid JSON');
  }
}

/**
 * Replaces dates and escapes keys. Returns an unchanged value as it is. A replacer function would be ten times slower.
 */
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
  const isUnchanged = names.every((name, index) => members[index] === record[name] && !DATE_OR_ESCAPED.test(name));
  return isUnchanged ? record : Object.fromEntries(names.map((name, index) => [escaped(name), members[index]]));
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

/** An invalid date is serialized as null. */
function dateOf(time: unknown): Date {
  return new Date(typeof time === 'number' ? time : Number.NaN);
}
