import type { SimulatedButton } from '../messages/simulated-button.interface.js';
import type { PhoneButton, PhoneRow } from './phone-message.interface.js';

/**
 * Returns a message's buttons as a phone displays them.
 *
 * @param targets What each button acts on, in the same order.
 * @param first The index of the first one among all buttons of the message.
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

/** Returns the rows of a list as a phone displays them, with descriptions in the same order. */
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
