import type { OfferedButton } from '../../stores/sent-message.store.js';
import { buttonByTitle, type MeantButton } from './typed-answer.js';

/** A press as the message offered it: by its id, by its label in the place of the id, or by its title. */
export function offeredAs(
  { id, title }: { id: string; title: string },
  buttons: readonly OfferedButton[],
): { id: string; title: string } | undefined {
  const offered = buttons.filter(({ link }) => !link);
  const same = id === '' ? undefined : offered.find((button) => button.id === id);
  if (same) return { id, title: title === '' ? same.title : title };
  const named = found(buttonByTitle(id === '' ? title : id, offered));
  if (named && named.id !== '') return { id: named.id, title: named.title };
  // A button without an id of its own gets one from the provider.
  const titled = found(buttonByTitle(title, offered));
  return titled && titled.id === '' ? { id, title: titled.title } : undefined;
}

function found(button: MeantButton): OfferedButton | undefined {
  return button === 'ambiguous' ? undefined : button;
}

export function hasAll(buttons: readonly OfferedButton[], ids: readonly string[]): boolean {
  return ids.every((id) => buttons.some((button) => button.id === id));
}
