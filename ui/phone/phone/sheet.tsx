import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';

export interface SheetProps {
  readonly title: string;
  /** The label of the button that closes it. */
  readonly closeLabel: string;
  readonly canSend: boolean;
  readonly onSend: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A form at the bottom of its phone. The browser traps the focus in it and restores it. */
export function Sheet({ title, closeLabel, canSend, onSend, onClose, children }: SheetProps) {
  const texts = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const { current } = dialog;
    if (!current) return undefined;
    const place = (): void => placeInPhone(current);
    place();
    current.showModal();
    current.querySelector('input')?.focus();
    window.addEventListener('resize', place);
    return () => window.removeEventListener('resize', place);
  }, []);
  const close = (): void => dialog.current?.close();
  const send = (event: Event): void => {
    event.preventDefault();
    if (!canSend) return;
    close();
    onSend();
  };
  const closeOutside = (event: MouseEvent): void => {
    if (event.target === dialog.current) close();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard, Escape closes it
    <dialog class="sheet" ref={dialog} aria-labelledby={`${id}-title`} onClose={onClose} onClick={closeOutside}>
      <form class="sheet-inside" onSubmit={send}>
        <header>
          <h2 id={`${id}-title`} dir="auto">
            {title}
          </h2>
          <button type="button" class="round-button" aria-label={closeLabel} onClick={close}>
            <Icon of={X} size={20} />
          </button>
        </header>
        <div class="sheet-sections">{children}</div>
        <footer>
          <button type="submit" class="sheet-send" disabled={!canSend}>
            {texts.sendChoice}
          </button>
        </footer>
      </form>
    </dialog>
  );
}

/** A labelled text field of a sheet. */
export function SheetField(props: {
  readonly label: string;
  readonly value: string;
  readonly inputMode?: 'text' | 'decimal' | 'tel';
  readonly onInput: (value: string) => void;
}) {
  const { label, value, inputMode = 'text', onInput } = props;
  return (
    <label class="sheet-field">
      <span dir="auto">{label}</span>
      <input
        type="text"
        dir="auto"
        inputMode={inputMode}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </label>
  );
}

/** A modal dialog is in the top layer, so it needs the position of its phone. */
function placeInPhone(dialog: HTMLDialogElement): void {
  const screen = dialog.closest('.phone-screen')?.getBoundingClientRect();
  if (!screen) return;
  dialog.style.left = `${screen.left}px`;
  dialog.style.top = `${screen.top}px`;
  dialog.style.width = `${screen.width}px`;
  dialog.style.height = `${screen.height}px`;
}
