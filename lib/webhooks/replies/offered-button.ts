import type { OfferedButton } from '../../stores/sent-message.store.js';
import { buttonByTitle, type TypedButton } from './typed-answer.js';

/** Finds the pressed button of a message: by ID, by label in the place of the ID, or by title. */
export function offeredAs(
  { id, title }: { id: string; title: string },
  buttons: readonly OfferedButton[],
): { id: string; title: string } | undefined {
  const offered = buttons.filter(({ link }) => !link);
  const same = id === '' ? undefined : offered.find((button) => button.id === id);
  if (same) return { id, title: title === '' ? same.title : title };
  const named = found(buttonByTitle(id === '' ? title : id, offered));
  if (named && named.id !== '') return { id: named.id, title: named.title };
  // The provider assigns IDs to buttons without one.
  const titled = found(buttonByTitle(title, offered));
  return titled && titled.id === '' ? { id, title: titled.title } : undefined;
}

function found(button: TypedButton): OfferedButton | undefined {
  return button === 'ambiguous' ? undefined : button;
}

export function hasAll(buttons: readonly OfferedButton[], ids: readonly string[]): boolean {
  return ids.every((id) => buttons.some((button) => button.id === id));
}
