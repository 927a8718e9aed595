import type { ButtonMessage } from '../message/button-message.interface.js';
import type { OfferedButton } from '../stores/sent-message.store.js';
import type { Mapping } from './provider-adapter.interface.js';

/** Adds the buttons of a numbered text to its mapping, so that a typed number or title finds them. */
export function textFallbackMapping(mapping: Mapping, message: ButtonMessage): Mapping {
  if ('reasons' in mapping) return mapping;
  const buttons = message.buttons.map((button): OfferedButton => {
    const { title } = button;
    return button.type === 'reply' ? { id: button.id, title } : { id: '', title, link: true };
  });
  return { outgoing: { ...mapping.outgoing, buttons, numbered: true } };
}
