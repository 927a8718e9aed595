/** The kinds of recipient that stand in one string. */
export type RecipientKind = 'phone' | 'group' | 'lid' | 'userId' | 'broadcast' | 'newsletter';

/** Signs for the direction of writing, which WhatsApp puts around a number that is copied out of it. */
const UNSEEN = '\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';

/** What may stand between the digits of a number. */
const BETWEEN = `\\s().\\-/\\u00a0\\u2010-\\u2015${UNSEEN}`;

// White space at the ends does not matter.
const FORMS: readonly (readonly [RecipientKind, RegExp])[] = [
  ['group', /^\s*\d{10,}-group\s*$/],
  // A group of the old kind: its creator's number, and the second in which it was created.
  ['group', /^\s*\d{10,15}-\d{10}\s*$/],
  ['lid', /^\s*\d{5,}@lid\s*$/],
  // WhatsApp's business-scoped user id: the country of the number, and up to 128 letters and digits.
  ['userId', /^\s*[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}\s*$/],
  ['broadcast', /^\s*[\w-]+-broadcast\s*$/],
  ['newsletter', /^\s*\d+@newsletter\s*$/],
  // Digits with the signs that people put between them.
  ['phone', new RegExp(`^(?:[\\s${UNSEEN}]*\\+)?[${BETWEEN}]*\\d[\\d${BETWEEN}]*$`)],
];

// Most recipients; no other form is without letters and signs.
const BARE_NUMBER = /^\d+$/;

const UNSEEN_BEFORE = new RegExp(`^[\\s${UNSEEN}]+`);

/** Whether a text is digits and nothing else. */
export function isBareNumber(text: string): boolean {
  return BARE_NUMBER.test(text);
}

/** What kind of recipient a text is; undefined if it is none. */
export function recipientKind(text: string): RecipientKind | undefined {
  if (isBareNumber(text)) return 'phone';
  return FORMS.find(([, form]) => form.test(text))?.[0];
}

/** What these kinds of recipient look like, as one pattern. */
export function recipientPattern(...kinds: RecipientKind[]): string {
  const forms = FORMS.filter(([kind]) => kinds.includes(kind)).map(([, form]) => form.source);
  return forms.join('|');
}

/** A text from its first sign that is seen. */
export function fromFirstSign(text: string): string {
  return text.replace(UNSEEN_BEFORE, '');
}

/** A formatted phone number as digits; `(0)`, which is dialled only inside a country, is left out. */
export function phoneDigits(phone: string): string {
  return isBareNumber(phone) ? phone : phone.replace(/\(0\)/g, '').replace(/\D/g, '');
}
