import type { CountryCode } from 'libphonenumber-js/max';
import { isRecord } from '../validation/is-record.js';
import { isShortList } from '../validation/rules/list.rules.js';
import { withCountryCode } from './phone-number.js';

/** The fields with phone numbers, in messages and in every provider's DTOs. */
const PHONE_FIELDS: readonly string[] = ['to', 'phone'];

/** Maximum depth. Messages have fewer levels, and their rules reject anything deeper. */
const MAX_LEVELS = 8;

/** Adds the default country's code to the phone numbers of a message. Leaves everything else unchanged. */
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
