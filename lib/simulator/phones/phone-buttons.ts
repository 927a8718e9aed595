import type { SimulatedButton } from '../messages/simulated-button.interface.js';
import type { PhoneButton, PhoneList } from './phone-message.interface.js';

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

/** Returns the sections of a list. Their rows are the message's buttons, one for each description. */
export function phoneSections(
  rows: readonly SimulatedButton[],
  sections: readonly { readonly title?: string | undefined; readonly descriptions: readonly (string | undefined)[] }[],
): PhoneList['sections'] {
  let next = 0;
  return sections.map(({ title, descriptions }) => {
    const first = next;
    next += descriptions.length;
    const shown = rows.slice(first, next).map((row, place) => {
      const description = descriptions[place];
      return { index: first + place, title: row.title, ...(description && { description }) };
    });
    return { ...(title && { title }), rows: shown };
  });
}
