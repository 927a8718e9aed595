import type { IconNode } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';

export interface KindSelectProps<Kind extends string> {
  readonly label: string;
  readonly kinds: readonly Kind[];
  readonly drawings: Readonly<Record<Kind, IconNode>>;
  readonly names: Readonly<Record<Kind, string>>;
  readonly value: Kind;
  readonly onChoose: (kind: Kind) => void;
}

/** Chooses the type of a button. */
export function KindSelect<Kind extends string>({
  label,
  kinds,
  drawings,
  names,
  value,
  onChoose,
}: KindSelectProps<Kind>) {
  return (
    <span class="button-kind">
      <Icon of={drawings[value]} size={15} />
      <select
        aria-label={label}
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = kinds.find((kind) => kind === currentTarget.value);
          if (chosen) onChoose(chosen);
        }}
      >
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {names[kind]}
          </option>
        ))}
      </select>
    </span>
  );
}
