import { Metadata } from 'libphonenumber-js/core';
import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
// The CommonJS form of the package has no Metadata of its own.
import numberingPlans from 'libphonenumber-js/max/metadata';

const MAX_CALLING_CODE_LENGTH = 3;

/** For each calling code, the lengths of national numbers that are possible in every country that shares it. */
const SHARED_LENGTHS = sharedLengths();

/**
 * Whether a number, digits with country code, is possible by its length alone: then it is so whatever its digits say
 * of country and prefixes, and libphonenumber, which takes the number apart at twenty times the price, need not be
 * asked. False says nothing.
 */
export function hasSharedLength(digits: string): boolean {
  for (let end = 1; end <= MAX_CALLING_CODE_LENGTH; end += 1) {
    const lengths = SHARED_LENGTHS.get(digits.slice(0, end));
    if (lengths) return lengths.has(digits.length - end);
  }
  return false;
}

function sharedLengths(): ReadonlyMap<string, ReadonlySet<number>> {
  const byCode = new Map<string, Set<number>>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    const own = possibleLengths(country);
    const shared = byCode.get(code) ?? own;
    byCode.set(code, new Set([...shared].filter((length) => own.has(length))));
  }
  return byCode;
}

function possibleLengths(country: CountryCode): Set<number> {
  const metadata = new Metadata(numberingPlans);
  metadata.selectNumberingPlan(country);
  return new Set(metadata.numberingPlan?.possibleLengths());
}
