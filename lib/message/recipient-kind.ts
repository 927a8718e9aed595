/** The kinds of recipient that a string can contain. */
export type RecipientKind = 'phone' | 'group' | 'lid' | 'userId' | 'broadcast' | 'newsletter';

/** Direction marks, which WhatsApp puts around a number that is copied from it. */
const UNSEEN = '\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';

/** Characters that may separate the digits of a number. */
const BETWEEN = `\\s().\\-/\\u00a0\\u2010-\\u2015${UNSEEN}`;

// White space at both ends is ignored.
const FORMS: readonly (readonly [RecipientKind, RegExp])[] = [
  ['group', /^\s*\d{10,}-group\s*$/],
  // An older group ID: its creator's number, and the second in which it was created.
  ['group', /^\s*\d{10,15}-\d{10}\s*$/],
  ['lid', /^\s*\d{5,}@lid\s*$/],
  // WhatsApp's business-scoped user ID: the country of the number, and up to 128 letters and digits.
  ['userId', /^\s*[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}\s*$/],
  ['broadcast', /^\s*[\w-]+-broadcast\s*$/],
  ['newsletter', /^\s*\d+@newsletter\s*$/],
  // Digits with separators.
  ['phone', new RegExp(`^(?:[\\s${UNSEEN}]*\\+)?[${BETWEEN}]*\\d[\\d${BETWEEN}]*$`)],
];

// Most recipients. No other form contains only digits.
const BARE_NUMBER = /^\d+$/;

const UNSEEN_BEFORE = new RegExp(`^[\\s${UNSEEN}]+`);

/** Checks that a text contains only digits. */
export function isBareNumber(text: string): boolean {
  return BARE_NUMBER.test(text);
}

/** Returns the kind of a recipient, or undefined if it is none. */
export function recipientKind(text: string): RecipientKind | undefined {
  if (isBareNumber(text)) return 'phone';
  return FORMS.find(([, form]) => form.test(text))?.[0];
}

/** Returns one pattern for these kinds of recipient. */
export function recipientPattern(...kinds: RecipientKind[]): string {
  const forms = FORMS.filter(([kind]) => kinds.includes(kind)).map(([, form]) => form.source);
  return forms.join('|');
}

/** Returns a text from its first visible character. */
export function fromFirstSign(text: string): string {
  return text.replace(UNSEEN_BEFORE, '');
}

/** Returns a formatted phone number as digits, without the `(0)` that is only dialled within a country. */
export function phoneDigits(phone: string): string {
  return isBareNumber(phone) ? phone : phone.replace(/\(0\)/g, '').replace(/\D/g, '');
}
