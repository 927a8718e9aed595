import type { OfferedButton, RememberedMessage } from '../../stores/sent-message.store.js';

/** The button that a text means: one, none, or several. */
export type TypedButton = OfferedButton | 'ambiguous' | undefined;

/** Formatting, punctuation and emoji around a text. */
const AROUND = /^[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+$/gu;

// The accents of Latin, Greek and Cyrillic letters. In other scripts, marks are part of the letters.
const ACCENTS = /[\u0300-\u036f]/g;

// The combining characters of keycap emoji. The digit keeps its meaning.
const EMOJI_MARKS = /[\ufe0e\ufe0f\u20e3]/g;

// A sign makes it another number.
const SIGNED = /^[^\p{L}\p{N}]*[-+\u2212]\s*\p{N}/u;

const NUMBERED = /^(\d{1,3})\s*[.)\-:]*\s*(.*)$/su;

/** A keycap emoji of a phone's keypad. */
const KEYCAPS = /^(?:[\d#*]\ufe0f?\u20e3\s*)+|(?:\s*[\d#*]\ufe0f?\u20e3)+$/gu;

/** The zeros of scripts with their own digits: Arabic, Persian, Hindi, Bengali. */
const ZEROS: readonly number[] = [0x660, 0x6f0, 0x966, 0x9e6];

/**
 * Normalizes a text for comparison: removes case, accents, spaces, and formatting, punctuation and emoji around it.
 * Returns an empty string if nothing remains.
 */
export function foldText(text: string): string {
  return foldLetters(text).replace(AROUND, '');
}

/** Normalizes a text, but keeps the characters around it, which distinguish titles such as `A+` and `A-`. */
function foldLetters(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(ACCENTS, '')
      .replace(EMOJI_MARKS, '')
      .replace(/\p{Nd}/gu, latinDigit)
      .replace(/\s+/g, ' ')
      .trim()
      // ß equals SS, and Turkish has a second i. Both compare correctly in upper case only.
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

/** Finds the button that a text means by its title or, if the message has a text fallback, by its number. */
export function typedButton(text: string, message: RememberedMessage): TypedButton {
  const titled = buttonByTitle(text, message.buttons);
  const numbered = buttonByNumber(text, message);
  if (titled === 'ambiguous' || !titled || !numbered || titled === numbered) return titled ?? numbered;
  return 'ambiguous';
}

/** Finds the button of the first text that means one. Returns none if texts mean different buttons. */
export function typedButtonInParts(parts: readonly string[], message: RememberedMessage): TypedButton {
  const meant = parts.map((part) => typedButton(part, message)).filter((button) => button !== undefined);
  const [first] = meant;
  return meant.every((button) => button === first) ? first : 'ambiguous';
}

/** Finds the button with a title: the exact one, else the closest normalized one, else the one with a synonym. */
export function buttonByTitle(text: string, buttons: readonly OfferedButton[]): TypedButton {
  const offered = buttons.filter(({ link }) => !link);
  return titledButton(text, offered) ?? buttonBySynonym(text, offered);
}

function buttonBySynonym(text: string, offered: readonly OfferedButton[]): TypedButton {
  const meant = offered.filter(({ synonyms = [] }) => synonyms.some((synonym) => means(text, synonym)));
  return meant.length > 1 ? 'ambiguous' : meant[0];
}

/** Compares a text with a synonym. Only an emoji alone means an emoji. */
function means(text: string, synonym: string): boolean {
  const folded = foldText(synonym);
  return folded === '' ? foldEmoji(text) === foldEmoji(synonym) : foldText(text) === folded;
}

/** Normalizes an emoji: removes skin colours and spaces. */
function foldEmoji(text: string): string {
  return foldLetters(text).replace(/\p{Emoji_Modifier}|\s/gu, '');
}

function titledButton(text: string, offered: readonly OfferedButton[]): TypedButton {
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

/** Normalizes a title without a number emoji before or after it, which people do not type. */
function foldNumbered(title: string): string {
  return foldText(title.trim().replace(KEYCAPS, ''));
}

function buttonByNumber(text: string, { buttons, numbered, asked }: RememberedMessage): OfferedButton | undefined {
  if (!(numbered || asked) || SIGNED.test(text)) return undefined;
  const [, number = '', rest = ''] = NUMBERED.exec(foldText(text)) ?? [];
  const button = buttons[Number(number) - 1];
  if (number === '' || !button || button.link) return undefined;
  // The number followed by its title, as in the message.
  return rest === '' || foldText(rest) === foldText(button.title) ? button : undefined;
}
