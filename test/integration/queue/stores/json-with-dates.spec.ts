import { deepStrictEqual } from 'node:assert';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decode, encode } from '../../../../lib/queue/stores/json-with-dates.js';
import { sentMessage } from './values.js';

const awkwardText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('$date', '$$date', '{"$date":1}', '2024-01-01T00:00:00.000Z', '__proto__', '\ud800', '\u0000'),
);

const { value } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    awkwardText,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
  ),
  value: fc.oneof(
    { maxDepth: 4 },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(awkwardText, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('encode and decode of JSON with dates', () => {
  test('restores the exact value', () => {
    fc.assert(
      fc.property(value, (given) => {
        deepStrictEqual(decode(encode(given)), given);
      }),
      { numRuns: 2_000 },
    );
  });

  // Node never considers two invalid dates equal, so they have their own test.
  test('restores an invalid date as an invalid date', () => {
    const { at } = Object(decode(encode({ at: new Date(Number.NaN) })));
    expect(at).toBeInstanceOf(Date);
    expect(Number.isNaN(at.getTime())).toBe(true);
  });

  test('restores the dates of a sent message and of its parts', () => {
    expect(decode(encode(sentMessage()))).toStrictEqual(sentMessage());
  });

  test('restores an object that looks like an encoded date as an object', () => {
    const given = [{ $date: 1 }, { $$date: 1 }, { $date: new Date(5) }, { $date: 1, other: 2 }, '{"$date":1}'];
    expect(decode(encode(given))).toStrictEqual(given);
  });

  test('keeps an own property named __proto__ apart from the prototype', () => {
    const given: unknown = JSON.parse('{"__proto__":{"admin":true},"$date":1}');
    const restored = decode(encode(given));
    expect(Object.keys(Object(restored))).toEqual(['__proto__', '$date']);
    expect(Object(restored).admin).toBeUndefined();
  });

  test('restores undefined', () => {
    expect(decode(encode(undefined))).toBeUndefined();
  });

  test('throws an error that does not contain the unreadable input', () => {
    expect(() => decode('{"phone":"5511999990000"')).toThrow(SyntaxError);
    try {
      decode('{"phone":"5511999990000"');
    } catch (error) {
      expect(inspect(error)).not.toContain('5511');
    }
  });
});
