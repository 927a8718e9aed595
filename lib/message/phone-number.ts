import { type CountryCode, isPossiblePhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { hasSharedLength } from './possible-length.js';
import { fromFirstSign, isBareNumber, phoneDigits, recipientKind } from './recipient-kind.js';

/** National numbers of every country fit into this many digits, except those that begin with 0. */
const MAX_NATIONAL_NUMBER_LENGTH = 11;

/** Brazil's area codes. Source: Anatel's numbering plan. */
const BRAZILIAN_AREA = /^(?:1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9])/;

/** What follows an area code in Brazil: a mobile number of nine digits, or a landline of eight. */
const BRAZILIAN_SUBSCRIBER = /^\d{2}(?:9\d{8}|[2-5]\d{7})$/;

// Mexico dropped the 1 of its mobile numbers, and the numbering plan with it. WhatsApp's ids of older accounts keep it.
const OLD_MEXICAN_MOBILE = /^521\d{10}$/;

// WhatsApp's ids of older Brazilian mobile numbers lack the ninth digit.
const OLD_BRAZILIAN_MOBILE = /^(\+55\d{2})([6-9]\d{7})$/;

/**
 * Whether a text is a phone number with country code that is possible in its country; it need not be in use.
 *
 * Without a `+` it must also be unambiguous: a number that people write in Brazil without the country's code may be
 * valid in Peru or Russia as it stands, and the message would reach a stranger there.
 */
export function isPossiblePhone(text: string): boolean {
  if (recipientKind(text) !== 'phone') return false;
  const digits = phoneDigits(text);
  if (digits.startsWith('0')) return false;
  if (hasPlus(text) || digits.length > MAX_NATIONAL_NUMBER_LENGTH) return isPossible(digits);
  return !isNational(text, digits) && isValid(`+${digits}`);
}

/**
 * A phone number with its country code, if it had none and can be read in the country; every other text as it is. A
 * number that is valid in the country is read there, one that is only valid as it stands is left alone.
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

/** Valid by the numbering plan of its country, WhatsApp's old ids included. */
function isValid(number: string): boolean {
  return isValidNumber(number) || isValidNumber(number.replace(OLD_BRAZILIAN_MOBILE, '$19$2'));
}

function isValidNumber(number: string): boolean {
  return parsePhoneNumberFromString(number)?.isValid() ?? false;
}

/** Whether people write it so within a country: the area code in parentheses, or a number of Brazil's plan. */
function isNational(text: string, digits: string): boolean {
  if (!isBareNumber(text) && fromFirstSign(text).startsWith('(')) return true;
  return BRAZILIAN_AREA.test(digits) && BRAZILIAN_SUBSCRIBER.test(digits);
}
