import { type CountryCode, isPossiblePhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { hasSharedLength } from './possible-length.js';
import { fromFirstSign, isBareNumber, phoneDigits, recipientKind } from './recipient-kind.js';

/** Maximum number of digits of national numbers in every country, except for those that begin with 0. */
const MAX_NATIONAL_NUMBER_LENGTH = 11;

/** Brazil's area codes. Source: Anatel's numbering plan. */
const BRAZILIAN_AREA = /^(?:1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9])/;

/** A Brazilian number after its area code: nine digits if mobile, eight if landline. */
const BRAZILIAN_SUBSCRIBER = /^\d{2}(?:9\d{8}|[2-5]\d{7})$/;

// Mexico dropped the 1 of its mobile numbers. WhatsApp's IDs of older accounts keep it.
const OLD_MEXICAN_MOBILE = /^521\d{10}$/;

// WhatsApp's IDs of older Brazilian mobile numbers lack the ninth digit.
const OLD_BRAZILIAN_MOBILE = /^(\+55\d{2})([6-9]\d{7})$/;

/**
 * Checks that a text is a phone number with country code that is possible in its country. It need not be in use.
 *
 * Without a `+` it must also be unambiguous. A national number of Brazil may be valid in Peru or Russia, so the message
 * would reach a stranger.
 */
export function isPossiblePhone(text: string): boolean {
  if (recipientKind(text) !== 'phone') return false;
  const digits = phoneDigits(text);
  if (digits.startsWith('0')) return false;
  if (hasPlus(text) || digits.length > MAX_NATIONAL_NUMBER_LENGTH) return isPossible(digits);
  return !isNational(text, digits) && isValid(`+${digits}`);
}

/**
 * Adds the country code to a national phone number. Returns any other text unchanged.
 *
 * A number that is valid in the country gets its code. One that is only valid as an international number is unchanged.
 */
export function withCountryCode(text: string, country: CountryCode | undefined): string {
  if (country === undefined || hasPlus(text) || recipientKind(text) !== 'phone') return text;
  const digits = phoneDigits(text);
  const national = parsePhoneNumberFromString(digits, country);
  if (national && isValid(national.number)) return national.number;
  if (isPossiblePhone(text)) return text;
  return national?.isPossible() ? national.number : text;
}

function hasPlus(text: string): boolean {
  return fromFirstSign(text).startsWith('+');
}

function isPossible(digits: string): boolean {
  return hasSharedLength(digits) || OLD_MEXICAN_MOBILE.test(digits) || isPossiblePhoneNumber(`+${digits}`);
}

/** Checks a number against the numbering plan of its country. Accepts WhatsApp's older IDs. */
function isValid(number: string): boolean {
  return isValidNumber(number) || isValidNumber(number.replace(OLD_BRAZILIAN_MOBILE, '$19$2'));
}

function isValidNumber(number: string): boolean {
  return parsePhoneNumberFromString(number)?.isValid() ?? false;
}

/** Checks for national notation: an area code in parentheses, or a number of Brazil's plan. */
function isNational(text: string, digits: string): boolean {
  if (!isBareNumber(text) && fromFirstSign(text).startsWith('(')) return true;
  return BRAZILIAN_AREA.test(digits) && BRAZILIAN_SUBSCRIBER.test(digits);
}
