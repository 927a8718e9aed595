import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';

/** Changes and removes the parts of a list, such as its buttons. */
export interface Parts<Part> {
  readonly change: (part: Part, change: Partial<Part>) => void;
  /** Also moves the focus to the first button of `adders`, because the focused element is removed. */
  readonly remove: (part: Part) => void;
  readonly adders: RefObject<HTMLDivElement | null>;
}

export function useParts<Part extends { readonly key: string }>(
  parts: readonly Part[],
  onChange: (parts: readonly Part[]) => void,
): Parts<Part> {
  const adders = useRef<HTMLDivElement>(null);
  return {
    change: ({ key }, change) => onChange(parts.map((part) => (part.key === key ? { ...part, ...change } : part))),
    remove: ({ key }) => {
      onChange(parts.filter((part) => part.key !== key));
      adders.current?.querySelector('button')?.focus();
    },
    adders,
  };
}
