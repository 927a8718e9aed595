import { type IconNode, Plus } from 'lucide';
import type { RefObject } from 'preact';
import { Icon } from '../../phone/icons/icon.js';

export interface PartAddersProps<Kind extends string> {
  readonly kinds: readonly Kind[];
  readonly drawings: Readonly<Record<Kind, IconNode>>;
  readonly names: Readonly<Record<Kind, string>>;
  /** The accessible name of an adder. */
  readonly label: (kind: string) => string;
  readonly onAdd: (kind: Kind) => void;
  /** The element whose first button gets the focus after a removal. */
  readonly frame: RefObject<HTMLDivElement | null>;
}

/** Adds a button of a type. */
export function PartAdders<Kind extends string>({
  kinds,
  drawings,
  names,
  label,
  onAdd,
  frame,
}: PartAddersProps<Kind>) {
  return (
    <div class="button-adders" ref={frame}>
      <Icon of={Plus} size={15} />
      {kinds.map((kind) => (
        <button key={kind} type="button" class="chip" aria-label={label(names[kind])} onClick={() => onAdd(kind)}>
          <Icon of={drawings[kind]} size={14} />
          {names[kind]}
        </button>
      ))}
    </div>
  );
}
