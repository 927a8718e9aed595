import { isPossiblePhoneNumber } from 'libphonenumber-js/min';
import { hasSharedLength } from './possible-length.js';

/** The kinds of recipient that stand in one string on Z-API's wire. */
export type RecipientKind = 'phone' | 'group' | 'lid' | 'broadcast' | 'newsletter';

// White space at the ends does not matter.
const FORMS: readonly (readonly [RecipientKind, RegExp])[] = [
  ['group', /^\s*\d{10,}-group\s*$/],
  // A group of the old kind: its maker's number, and the second in which it was made.
  ['group', /^\s*\d{10,15}-\d{10}\s*$/],
  ['lid', /^\s*\d{5,}@lid\s*$/],
  ['broadcast', /^\s*[\w-]+-broadcast\s*$/],
  ['newsletter', /^\s*\d+@newsletter\s*$/],
  // Digits with the signs that people put between them.
  ['phone', /^(?:\s*\+)?[\s().\-/\u00a0\u2010-\u2015]*\d[\d\s().\-/\u00a0\u2010-\u2015]*$/],
];

// Most recipients; no other form is without letters and signs.
const BARE_PHONE = /^\d+$/;

/** What kind of recipient a text is, or undefined where it is none. */
export function recipientKind(text: string): RecipientKind | undefined {
  if (BARE_PHONE.test(text)) return 'phone';
  return FORMS.find(([, form]) => form.test(text))?.[0];
}

/** What these kinds of recipient look like, as one pattern. */
export function recipientPattern(...kinds: RecipientKind[]): string {
  const forms = FORMS.filter(([kind]) => kinds.includes(kind)).map(([, form]) => form.source);
  return forms.join('|');
}

/** A formatted telephone number as digits; `(0)`, which is dialled only inside a country, is left out. */
export function phoneDigits(phone: string): string {
  return BARE_PHONE.test(phone) ? phone : phone.replace(/\(0\)/g, '').replace(/\D/g, '');
}

// Mexico dropped the 1 of its mobile numbers, and the numbering plan with it; WhatsApp's ids of older accounts keep it.
const OLD_MEXICAN_MOBILE = /^521\d{10}$/;

/** Whether the length is possible in the number's country. Old Brazilian numbers without the ninth digit are. */
export function isPossiblePhone(phone: string): boolean {
  if (recipientKind(phone) !== 'phone') return false;
  const digits = phoneDigits(phone);
  if (digits.startsWith('0')) return false;
  return hasSharedLength(digits) || OLD_MEXICAN_MOBILE.test(digits) || isPossiblePhoneNumber(`+${digits}`);
}

/** A recipient as it goes on the wire: telephone numbers as digits, everything else as it is. */
export function wireRecipient(recipient: string): string {
  return recipientKind(recipient) === 'phone' ? phoneDigits(recipient) : recipient.trim();
}

/** A telephone number, or any other recipient, as logs may show it: the last four characters. */
export function maskRecipient(recipient: string): string {
  return `…${recipient.slice(-4)}`;
}

/**
 * A recipient, without the digits of telephone numbers that come and go between WhatsApp and others: the ninth of
 * Brazil's mobiles, the 1 of Mexico's, the 9 of Argentina's. Equal keys are one telephone.
 */
export function recipientKey(recipient: string): string {
  switch (recipient.slice(0, 2)) {
    case '55':
      return recipient.replace(/^(55\d{2})9(\d{8})$/, '$1$2');
    case '52':
      return recipient.replace(/^521(\d{10})$/, '52$1');
    case '54':
      return recipient.replace(/^549(\d{10})$/, '54$1');
    default:
      return recipient;
  }
}
