import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';

/** The button with an id, or else with a title that no other has. Throws an Error if there is none. */
export function buttonOf(message: AcceptedMessage, idOrTitle: string): SimulatedButton {
  const byId = message.buttons.find(({ id }) => id !== '' && id === idOrTitle);
  if (byId) return byId;
  const [button, ...others] = message.buttons.filter(({ title }) => title === idOrTitle);
  if (!button) {
    const known = message.buttons.map(({ id, title }) => (id ? `"${title}" (id "${id}")` : `"${title}"`)).join(', ');
    throw new Error(`Message "${message.id}" has no button "${idOrTitle}"; it has ${known || 'no buttons at all'}`);
  }
  if (others.length > 0) {
    throw new Error(`Message "${message.id}" has several buttons titled "${idOrTitle}"; press one by its id`);
  }
  return button;
}

/** The button at a place. Throws an Error if there is none. */
export function buttonAt({ id, buttons }: AcceptedMessage, place: number): SimulatedButton {
  const button = buttons[place];
  if (!button) throw new Error(`Message "${id}" has no button at place ${place}; it has ${buttons.length}`);
  return button;
}
