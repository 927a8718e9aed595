import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getCountries, getCountryCallingCode, isPossiblePhoneNumber } from 'libphonenumber-js/min';
import { hasSharedLength } from '../../lib/message/possible-length.js';
import { isPossiblePhone } from '../../lib/message/recipient.js';

const callingCodes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))];

/** Digits after a calling code that exists, or after one that may not. */
const numbers = fc
  .tuple(
    fc.oneof(fc.constantFrom(...callingCodes), fc.stringMatching(/^[1-9]\d{0,2}$/)),
    fc.stringMatching(/^\d{1,18}$/),
  )
  .map(([code, rest]) => code + rest);

describe('A telephone number whose length is possible', () => {
  it('is possible for libphonenumber too, wherever the length alone decides', () => {
    fc.assert(
      fc.property(numbers, (digits) => !hasSharedLength(digits) || isPossiblePhoneNumber(`+${digits}`)),
      { numRuns: 20_000 },
    );
  });

  it.each(callingCodes)('is possible for libphonenumber after +%s, whatever digits follow', (code) => {
    for (let length = 1; length <= 18; length += 1) {
      for (const first of ['0', '00', '1', '15', '2', '6', '8', '9', '90', '99']) {
        const digits = code + first.padEnd(length, '4').slice(0, length);
        if (hasSharedLength(digits)) expect([digits, isPossiblePhoneNumber(`+${digits}`)]).toEqual([digits, true]);
      }
    }
  });

  it('is judged as libphonenumber judges it, but for the old mobiles of Mexico', () => {
    fc.assert(
      fc.property(numbers, (digits) => {
        fc.pre(!/^521\d{10}$/.test(digits));
        return isPossiblePhone(digits) === isPossiblePhoneNumber(`+${digits}`);
      }),
      { numRuns: 20_000 },
    );
  });

  it('is found by its length in the largest countries', () => {
    const examples = ['5511987654321', '12133734253', '447911123456', '4915123456789', '919812345678', '5491123456789'];
    expect(examples.filter((digits) => !hasSharedLength(digits))).toEqual([]);
  });
});
