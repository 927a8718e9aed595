import type { CountryCode } from 'libphonenumber-js/max';
import { isRecord } from '../validation/is-record.js';
import { isShortList } from '../validation/rules/list.rules.js';
import { withCountryCode } from './phone-number.js';

/** The fields that hold phone numbers, in messages and in every provider's own form of them. */
const PHONE_FIELDS: readonly string[] = ['to', 'phone'];

/** No message has as many levels: what lies deeper is refused by its rules, and stays as it is. */
const MAX_LEVELS = 8;

/** A message, or part of one, whose phone numbers are read in the default country. What is no number stays as it is. */
export function withCountryCodes<T>(given: T, country: CountryCode | undefined): T {
  return country === undefined ? given : readWithin(given, country, MAX_LEVELS);
}

function readWithin<T>(given: T, country: CountryCode, levels: number): T {
  if (levels === 0 || !isRecord(given)) return given;
  return { ...given, ...numbersIn(given, country, levels - 1) };
}

function numbersIn(given: object, country: CountryCode, levels: number): Record<string, unknown> {
  const read = Object.entries(given).map(([field, value]: [string, unknown]) => {
    if (isShortList(value)) return [field, value.map((item) => readWithin(item, country, levels))] as const;
    const isPhone = typeof value === 'string' && PHONE_FIELDS.includes(field);
    return [field, isPhone ? withCountryCode(value, country) : readWithin(value, country, levels)] as const;
  });
  return Object.fromEntries(read);
}
