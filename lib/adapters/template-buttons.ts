import type { Template } from '../message/message.interface.js';
import type { OfferedButton } from '../stores/sent-message.store.js';

/** Returns the reply buttons of a template. Without a title, only a press finds them. */
export function offeredInTemplate({ buttons = [] }: Template): OfferedButton[] {
  return buttons.flatMap((button) =>
    button.type === 'reply' ? [{ id: button.payload, title: button.title ?? '' }] : [],
  );
}
