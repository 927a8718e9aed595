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

/** A digit, or another sign of a telephone's keys, as an emoji. */
const KEYCAPS = /^(?:[\d#*]\ufe0f?\u20e3\s*)+|(?:\s*[\d#*]\ufe0f?\u20e3)+$/gu;

/** The zeros of scripts in which people write numbers with digits of their own: Arabic, Persian, Hindi, Bengali. */
const ZEROS: readonly number[] = [0x660, 0x6f0, 0x966, 0x9e6];

/**
 * A text as typed answers are compared: without case, accents, white space, and without formatting, punctuation and
 * emoji around it. Empty if nothing else was in it.
 */
export function foldText(text: string): string {
  return foldLetters(text).replace(AROUND, '');
}

/** The same with the signs around it, which tell some titles apart: `A+` and `A-`. */
function foldLetters(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(ACCENTS, '')
      .replace(EMOJI_MARKS, '')
      .replace(/\p{Nd}/gu, latinDigit)
      .replace(/\s+/g, ' ')
      .trim()
      // ß is SS, and Turkish has a second i: only in capitals they are the same.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFC')
  );
}

function latinDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.find((first) => code >= first && code <= first + 9);
  return zero === undefined ? digit : String(code - zero);
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

/** The button with a title: as it is written, else as it is compared, the more exactly the better. */
export function buttonByTitle(text: string, buttons: readonly OfferedButton[]): MeantButton {
  const offered = buttons.filter(({ link }) => !link);
  const written = offered.filter(({ title }) => title.trim() === text.trim());
  if (written.length === 1) return written[0];
  const folded = foldText(text);
  if (folded === '') return undefined;
  const spelled = offered.filter(({ title }) => foldLetters(title) === foldLetters(text));
  if (spelled.length === 1) return spelled[0];
  const same = offered.filter(({ title }) => foldText(title) === folded);
  const [button, ...others] = same.length > 0 ? same : offered.filter(({ title }) => foldNumbered(title) === folded);
  return others.length > 0 ? 'ambiguous' : button;
}

/** A title without the number that stands before or behind it as an emoji: nobody types that. */
function foldNumbered(title: string): string {
  return foldText(title.trim().replace(KEYCAPS, ''));
}

function buttonByNumber(text: string, { buttons, numbered, asked }: RememberedMessage): OfferedButton | undefined {
  if (!(numbered || asked) || SIGNED.test(text)) return undefined;
  const [, number = '', rest = ''] = NUMBERED.exec(foldText(text)) ?? [];
  const button = buttons[Number(number) - 1];
  if (number === '' || !button || button.link) return undefined;
  // The number with its own title behind it, as in the message.
  return rest === '' || foldText(rest) === foldText(button.title) ? button : undefined;
}
