import type { SimulatedButton } from '../messages/simulated-button.interface.js';
import type { PhoneButton, PhoneRow } from './phone-message.interface.js';

/**
 * A message's buttons as a phone draws them.
 *
 * @param targets what each acts upon, in the same order
 * @param first the place of the first among all buttons of the message
 */
export function phoneButtons(
  buttons: readonly SimulatedButton[],
  targets: readonly (string | undefined)[] = [],
  first = 0,
): PhoneButton[] {
  return buttons.map(({ title, type }, place) => {
    const target = targets[place];
    return { index: first + place, title, type, ...(target !== undefined && { target }) };
  });
}

/** The rows of a list as a phone draws them, with a description for each in the same order. */
export function phoneRows(
  rows: readonly SimulatedButton[],
  descriptions: readonly (string | undefined)[],
  first = 0,
): PhoneRow[] {
  return rows.map(({ title }, place) => {
    const description = descriptions[place];
    return { index: first + place, title, ...(description && { description }) };
  });
}
