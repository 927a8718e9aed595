import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getCountries, getCountryCallingCode, isPossiblePhoneNumber } from 'libphonenumber-js/max';
import { isPossiblePhone, withCountryCode } from '../../../lib/message/phone-number.js';
import { hasSharedLength } from '../../../lib/message/possible-length.js';
import { recipientKey } from '../../../lib/message/recipient.js';

const callingCodes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))];

/** Digits after an existing or a possibly missing calling code. */
const numbers = fc
  .tuple(
    fc.oneof(fc.constantFrom(...callingCodes), fc.stringMatching(/^[1-9]\d{0,2}$/)),
    fc.stringMatching(/^\d{1,18}$/),
  )
  .map(([code, rest]) => code + rest);

describe('hasSharedLength and isPossiblePhone', () => {
  it('hasSharedLength accepts only lengths that libphonenumber accepts', () => {
    fc.assert(
      fc.property(numbers, (digits) => !hasSharedLength(digits) || isPossiblePhoneNumber(`+${digits}`)),
      { numRuns: 20_000 },
    );
  });

  it.each(callingCodes)('hasSharedLength accepts only lengths that libphonenumber accepts after +%s', (code) => {
    for (let length = 1; length <= 18; length += 1) {
      for (const first of ['0', '00', '1', '15', '2', '6', '8', '9', '90', '99']) {
        const digits = code + first.padEnd(length, '4').slice(0, length);
        if (hasSharedLength(digits)) expect([digits, isPossiblePhoneNumber(`+${digits}`)]).toEqual([digits, true]);
      }
    }
  });

  it('isPossiblePhone agrees with libphonenumber after +, except old Mexican mobiles', () => {
    fc.assert(
      fc.property(numbers, (digits) => {
        fc.pre(!/^521\d{10}$/.test(digits));
        return isPossiblePhone(`+${digits}`) === isPossiblePhoneNumber(`+${digits}`);
      }),
      { numRuns: 20_000 },
    );
  });

  it('hasSharedLength recognizes numbers of the largest countries', () => {
    const examples = ['5511987654321', '12133734253', '447911123456', '4915123456789', '919812345678', '5491123456789'];
    expect(examples.filter((digits) => !hasSharedLength(digits))).toEqual([]);
  });
});

const BRAZILIAN_AREAS = [
  ...[11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38],
  ...[41, 42, 43, 44, 45, 46, 47, 48, 49, 51, 53, 54, 55, 61, 62, 63, 64, 65, 66, 67, 68, 69],
  ...[71, 73, 74, 75, 77, 79, 81, 82, 83, 84, 85, 86, 87, 88, 89, 91, 92, 93, 94, 95, 96, 97, 98, 99],
];

describe('Phone number without country code', () => {
  it.each(BRAZILIAN_AREAS)('rejects every spelling of a number in Brazilian area code %s', (area) => {
    const written = [`(${area}) 98877-0001`, `${area} 98877-0001`, `${area}988770001`, `(${area}) 3344-0001`];
    expect(written.filter(isPossiblePhone)).toEqual([]);
  });

  it.each(BRAZILIAN_AREAS)('adds +55 to numbers in Brazilian area code %s when the default country is BR', (area) => {
    expect(withCountryCode(`(${area}) 98877-0001`, 'BR')).toBe(`+55${area}988770001`);
    expect(withCountryCode(`0${area}988770001`, 'BR')).toBe(`+55${area}988770001`);
    expect(withCountryCode(`${area} 8877-0001`, 'BR')).toBe(`+55${area}88770001`);
  });

  it.each([
    ['(415) 555-2671', 'US', '+14155552671'],
    ['55 1234 5678', 'MX', '+525512345678'],
    ['988 770 001', 'PE', '+51988770001'],
  ] as const)('adds the calling code to %s in %s', (text, country, read) => {
    expect(withCountryCode(text, country)).toBe(read);
  });

  it.each(['(415) 555-2671', '4155552671', '2025550123', '55 1234 5678', '988770001', '0 11 98877 0001'])(
    'rejects %s without a default country',
    (text) => expect(isPossiblePhone(text)).toBe(false),
  );
});

describe('Phone number with country code', () => {
  it.each(['5511988770001', '551188770001', '55 (11) 98877-0001', '14155552671', '5215512345678', '51 1 4401234'])(
    'accepts %s without a +',
    (text) => expect(isPossiblePhone(text)).toBe(true),
  );

  it.each(['+51988770001', '51988770001x', '+5511988770001', '5511988770001', '31612345678', '4915112345678'])(
    'keeps the country code of %s when the default country is BR',
    (text) => {
      const digits = text.replace('x', '');
      expect(withCountryCode(digits, 'BR').replace('+', '')).toBe(
        text.endsWith('x') ? '5551988770001' : digits.replace('+', ''),
      );
    },
  );
});

describe('recipientKey', () => {
  it.each([
    ['+55 11 98877-0001', { phone: '551188770001' }],
    ['5215512345678', '+52 55 1234 5678'],
    ['5491123456789', { phone: '+54 11 2345 6789' }],
    ['81000000000011@lid', { lid: '81000000000011@lid' }],
    ['BR.1A2B3C', { userId: 'BR.1A2B3C' }],
    ['120363019502650977-group', { group: '120363019502650977-group' }],
  ])('returns one key for every spelling of %s', (one, other) => expect(recipientKey(one)).toBe(recipientKey(other)));

  it('distinguishes a conversation from a phone number with the same digits', () => {
    expect(recipientKey({ conversation: '5511988770001' })).not.toBe(recipientKey('5511988770001'));
  });
});
