import { useLayoutEffect, useState } from 'preact/hooks';
import type { PhoneBook, PhoneBookState } from './phone-book.js';

/** All that the book knows, drawn anew whenever that changes. */
export function usePhoneBook(book: PhoneBook): PhoneBookState {
  const [state, setState] = useState(book.state);
  useLayoutEffect(() => {
    // Something may have come between the first drawing and now.
    setState(book.state);
    return book.watch(setState);
  }, [book]);
  return state;
}
