import { X } from 'lucide';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PhoneList, PhoneRow } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import type { Press } from './buttons.js';

export interface ListSheetProps {
  readonly list: PhoneList;
  readonly onClose: () => void;
  readonly press?: Press;
}

/** The open list, at the bottom of its phone. The browser traps the focus in it and restores it. */
export function ListSheet({ list, onClose, press }: ListSheetProps) {
  const texts = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const [chosen, setChosen] = useState<number>();
  const name = useId();
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
    if (chosen === undefined) return;
    close();
    press?.(chosen);
  };
  const closeOutside = (event: MouseEvent): void => {
    if (event.target === dialog.current) close();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard, Escape closes it
    <dialog class="sheet" ref={dialog} aria-labelledby={`${name}-title`} onClose={onClose} onClick={closeOutside}>
      <form class="sheet-inside" onSubmit={send}>
        <header>
          <h2 id={`${name}-title`} dir="auto">
            {list.title ?? list.button}
          </h2>
          <button type="button" class="round-button" aria-label={texts.closeList} onClick={close}>
            <Icon of={X} size={20} />
          </button>
        </header>
        <div class="sheet-sections">
          {list.sections.map(({ title, rows }, place) => (
            <fieldset key={place}>
              <legend class={title ? '' : 'unseen'} dir="auto">
                {title ?? list.title ?? list.button}
              </legend>
              {rows.map((row) => (
                <Row key={row.index} row={row} name={name} isChosen={chosen === row.index} onChoose={setChosen} />
              ))}
            </fieldset>
          ))}
        </div>
        <footer>
          <button type="submit" class="sheet-send" disabled={chosen === undefined || !press}>
            {texts.sendChoice}
          </button>
        </footer>
      </form>
    </dialog>
  );
}

interface RowProps {
  readonly row: PhoneRow;
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: (index: number) => void;
}

function Row({ row, name, isChosen, onChoose }: RowProps) {
  return (
    <label class="sheet-row">
      <span class="sheet-row-text">
        <span dir="auto">{row.title}</span>
        {row.description && <small dir="auto">{row.description}</small>}
      </span>
      <input type="radio" name={name} checked={isChosen} onChange={() => onChoose(row.index)} />
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
