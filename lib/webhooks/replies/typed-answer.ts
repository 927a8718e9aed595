import type { OfferedButton, RememberedMessage } from '../../stores/sent-message.store.js';

/** What a typed text means among the buttons of a message: one of them, none, or more than one. */
export type MeantButton = OfferedButton | 'ambiguous' | undefined;

/** The signs with which WhatsApp formats words, punctuation and emoji, around a text. */
const AROUND = /^[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+$/gu;

// The accents of Latin, Greek and Cyrillic letters. The marks of other scripts are letters to their readers.
const ACCENTS = /[\u0300-\u036f]/g;

// What makes a digit an emoji: a digit with a frame around it is still that digit.
const EMOJI_MARKS = /[\ufe0e\ufe0f\u20e3]/g;

// A sign makes it another number.
const SIGNED = /^[^\p{L}\p{N}]*[-+\u2212]\s*\p{N}/u;

const NUMBERED = /^(\d{1,3})\s*[.)\-:]*\s*(.*)$/su;

/**
 * A text as typed answers are compared: without case, accents, white space, and without formatting, punctuation and
 * emoji around it. Empty if nothing else was in it.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(EMOJI_MARKS, '')
    .replace(AROUND, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .normalize('NFC');
}

/** The button that a text means by its title or, if numbers were asked for, by its number. */
export function meantButton(text: string, message: RememberedMessage): MeantButton {
  const titled = buttonByTitle(text, message.buttons);
  const numbered = buttonByNumber(text, message);
  if (titled === 'ambiguous' || !titled || !numbered || titled === numbered) return titled ?? numbered;
  return 'ambiguous';
}

/** The button that the first of several texts means that means one; none if they mean different ones. */
export function meantByParts(parts: readonly string[], message: RememberedMessage): MeantButton {
  const meant = parts.map((part) => meantButton(part, message)).filter((button) => button !== undefined);
  const [first] = meant;
  return meant.every((button) => button === first) ? first : 'ambiguous';
}

/** The button with a title: as it is written, else as it is compared. */
export function buttonByTitle(text: string, buttons: readonly OfferedButton[]): MeantButton {
  const offered = buttons.filter(({ link }) => !link);
  const written = offered.filter(({ title }) => title.trim() === text.trim());
  if (written.length === 1) return written[0];
  const folded = foldText(text);
  if (folded === '') return undefined;
  const [button, ...others] = offered.filter(({ title }) => foldText(title) === folded);
  return others.length > 0 ? 'ambiguous' : button;
}

function buttonByNumber(text: string, { buttons, numbered, asked }: RememberedMessage): OfferedButton | undefined {
  if (!(numbered || asked) || SIGNED.test(text)) return undefined;
  const [, number = '', rest = ''] = NUMBERED.exec(foldText(text)) ?? [];
  const button = buttons[Number(number) - 1];
  if (number === '' || !button || button.link) return undefined;
  // The number with its own title behind it, as in the message.
  return rest === '' || foldText(rest) === foldText(button.title) ? button : undefined;
}
