import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';

/** Returns the button at an index, with an ID, or with a unique title. @throws Error if there is none. */
export function buttonOf(message: AcceptedMessage, wanted: string | number): SimulatedButton {
  return typeof wanted === 'number' ? buttonAt(message, wanted) : buttonNamed(message, wanted);
}

function buttonNamed(message: AcceptedMessage, idOrTitle: string): SimulatedButton {
  const byId = message.buttons.find(({ id }) => id !== '' && id === idOrTitle);
  if (byId) return byId;
  const [button, ...others] = message.buttons.filter(({ title }) => title === idOrTitle);
  if (!button) {
    const known = message.buttons.map(({ id, title }) => (id ? `"${title}" (id "${id}")` : `"${title}"`)).join(', ');
    throw new Error(`Message "${message.id}" has no button "${idOrTitle}". Its buttons: ${known || 'none'}`);
  }
  if (others.length > 0) {
    throw new Error(`Message "${message.id}" has several buttons with the title "${idOrTitle}". Use the ID`);
  }
  return button;
}

function buttonAt({ id, buttons }: AcceptedMessage, place: number): SimulatedButton {
  const button = buttons[place];
  if (!button) throw new Error(`Message "${id}" has no button at index ${place}. It has ${buttons.length} buttons`);
  return button;
}
