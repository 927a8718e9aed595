import { useLayoutEffect, useState } from 'preact/hooks';
import type { PhoneBook, PhoneBookState } from './phone-book.js';

/** Returns the phone book's state and re-renders when it changes. */
export function usePhoneBook(book: PhoneBook): PhoneBookState {
  const [state, setState] = useState(book.state);
  useLayoutEffect(() => {
    // The state may have changed since the first render.
    setState(book.state);
    return book.watch(setState);
  }, [book]);
  return state;
}
