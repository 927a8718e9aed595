import { Plus } from 'lucide';
import type { RefObject } from 'preact';
import { Icon } from '../../phone/icons/icon.js';

export interface AddButtonProps {
  readonly text: string;
  /** The accessible name, if several buttons have the same text. */
  readonly label?: string;
  readonly onAdd: () => void;
  /** The element whose first button gets the focus after a removal. */
  readonly frame: RefObject<HTMLDivElement | null>;
}

/** Adds a part to the message. */
export function AddButton({ text, label, onAdd, frame }: AddButtonProps) {
  return (
    <div class="button-adders" ref={frame}>
      <button type="button" class="chip" aria-label={label} onClick={onAdd}>
        <Icon of={Plus} size={14} />
        {text}
      </button>
    </div>
  );
}
