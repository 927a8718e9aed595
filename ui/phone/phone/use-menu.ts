import { useId, useRef, useState } from 'preact/hooks';

/** The state of a menu and of the button that opens it. */
export function useMenu() {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  return {
    isOpen,
    menu: { id, opener: opener.current, onClose: close },
    /** The attributes of the button. */
    button: {
      ref: opener,
      type: 'button',
      'aria-haspopup': 'menu',
      'aria-expanded': isOpen,
      'aria-controls': isOpen ? id : undefined,
      onClick: () => setOpen(!isOpen),
    },
    /** Closes the menu before the chosen action. */
    choose: (doing: () => void) => (): void => {
      close();
      doing();
    },
  } as const;
}
