import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PhoneEntry } from '../phone/client/phone-book.js';

/**
 * Returns the phone that is shown: the chosen phone or, on a wide screen, the first. It stays when another phone gets a
 * message.
 */
export function useShownPhone(
  phones: readonly PhoneEntry[],
  chosen: string | undefined,
  isNarrow: boolean,
): PhoneEntry | undefined {
  const before = useRef<string | undefined>(undefined);
  const at = (address: string | undefined) => phones.find(({ owner }) => owner.address === address);
  const shown = at(chosen) ?? (isNarrow ? undefined : (at(before.current) ?? phones[0]));
  before.current = shown?.owner.address;
  return shown;
}

/** On a narrow screen, moves the focus into the phone and back to its row in the list. */
export function useRovingFocus(chosen: string | undefined, isNarrow: boolean): void {
  const before = useRef(chosen);
  useLayoutEffect(() => {
    const left = before.current;
    before.current = chosen;
    if (!isNarrow || left === chosen) return;
    const goal = chosen === undefined ? `[data-phone="${CSS.escape(left ?? '')}"]` : '.phone-back';
    document.querySelector<HTMLElement>(goal)?.focus();
  }, [chosen, isNarrow]);
}
