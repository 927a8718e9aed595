import {
  isListMessage,
  isTemplateMessage,
  type RichMessage,
  type TemplateMessage,
} from '../message/message.interface.js';
import type { OfferedButton } from '../stores/sent-message.store.js';
import type { Mapping } from './provider-adapter.interface.js';

/** Adds the buttons or rows of a numbered text to its mapping, so that a typed number or title finds them. */
export function textFallbackMapping(mapping: Mapping, message: RichMessage): Mapping {
  if ('reasons' in mapping || isTemplateMessage(message)) return mapping;
  return { outgoing: { ...mapping.outgoing, buttons: offeredIn(message), numbered: true } };
}

function offeredIn(message: Exclude<RichMessage, TemplateMessage>): OfferedButton[] {
  if (isListMessage(message)) {
    return message.list.sections.flatMap(({ rows }) => rows.map(({ id, title }) => ({ id, title })));
  }
  return message.buttons.map((button) => {
    const { title } = button;
    return button.type === 'reply' ? { id: button.id, title } : { id: '', title, link: true };
  });
}
