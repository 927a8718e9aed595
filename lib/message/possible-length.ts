import { Metadata } from 'libphonenumber-js/core';
import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
// The CommonJS build of the package exports no Metadata.
import numberingPlans from 'libphonenumber-js/max/metadata';

const MAX_CALLING_CODE_LENGTH = 3;

/** The lengths of national numbers that are possible in every country of a calling code. */
const SHARED_LENGTHS = sharedLengths();

/**
 * Checks that the length alone makes a number possible: digits with country code.
 *
 * libphonenumber takes 5.5 µs to parse a number, this takes 0.1 µs. False means that the length does not decide.
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
