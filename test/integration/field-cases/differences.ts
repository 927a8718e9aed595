import { inspect } from 'node:util';
import type { Fields } from './field-case.js';

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns one line for each difference from the expectation. See `Expectation`. */
export function differences(actual: unknown, expected: unknown, path: string): string[] {
  if (expected === undefined) return [];
  if (expected === null) return actual === undefined || actual === null ? [] : [line(path, actual, 'absent')];
  if (expected === true) return actual === undefined || actual === null ? [line(path, actual, 'there')] : [];
  if (Array.isArray(expected)) return differencesOfList(actual, expected, path);
  if (!isFields(expected)) return Object.is(actual, expected) ? [] : [line(path, actual, inspect(expected))];
  const { all, from, to } = expected;
  if (Array.isArray(all)) return isSameSet(actual, all) ? [] : [line(path, actual, `exactly ${inspect(all)}`)];
  if (typeof from === 'number' && typeof to === 'number') {
    const within = typeof actual === 'number' && actual >= from && actual <= to;
    return within ? [] : [line(path, actual, `from ${from} to ${to}`)];
  }
  if (!isFields(actual)) return [line(path, actual, inspect(expected, { depth: 4 }))];
  return Object.entries(expected).flatMap(([key, value]) => differences(actual[key], value, `${path}.${key}`));
}

function differencesOfList(actual: unknown, expected: unknown[], path: string): string[] {
  if (!Array.isArray(actual)) {
    const fits = expected.some((one) => differences(actual, one, path).length === 0);
    return fits ? [] : [line(path, actual, `one of ${inspect(expected)}`)];
  }
  if (actual.length !== expected.length) return [line(path, actual, `${expected.length}: ${inspect(expected)}`)];
  return expected.flatMap((one, index) => differences(actual[index], one, `${path}[${index}]`));
}

function isSameSet(actual: unknown, all: unknown[]): boolean {
  return Array.isArray(actual) && actual.length === all.length && all.every((one) => actual.includes(one));
}

export function line(path: string, actual: unknown, expected: string): string {
  return `${path}: expected ${expected}, got ${inspect(actual, { depth: 4, breakLength: 160 })}`;
}
