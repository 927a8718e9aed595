import { CircleAlert } from 'lucide';
import { useId } from 'preact/hooks';
import { Icon } from '../../phone/icons/icon.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';

export interface FieldProps {
  readonly label: string;
  /** Said beside the label: that it may be left out. */
  readonly note?: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly fault: DraftIssue | undefined;
  /** The most characters there may be; they are counted as soon as it gets close. */
  readonly most?: number;
  /** Lines of text; a single line where it is left out. */
  readonly rows?: number;
  readonly placeholder?: string;
  readonly inputMode?: 'tel' | 'url' | 'text';
  /** The label is seen by those alone who cannot see its place. */
  readonly isBare?: boolean;
}

/** A place to write, with its fault below it. */
export function Field({ label, note, value, onInput, fault, most, rows, isBare, ...rest }: FieldProps) {
  const words = usePlaygroundTexts();
  const id = useId();
  const count = [...value].length;
  const attributes = {
    id,
    value,
    class: 'field-input',
    'aria-invalid': fault !== undefined,
    'aria-describedby': fault ? `${id}-fault` : undefined,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => onInput(currentTarget.value),
    ...rest,
  };
  return (
    <div class={`field ${fault ? 'field--faulty' : ''}`}>
      <label class={isBare ? 'unseen' : 'field-label'} for={id}>
        {label}
        {note && <small>{note}</small>}
      </label>
      {rows ? (
        <textarea rows={rows} dir="auto" {...attributes} />
      ) : (
        <input type="text" dir="auto" autocomplete="off" spellcheck={false} {...attributes} />
      )}
      {most !== undefined && count > most * 0.7 && (
        <span
          class={`field-count ${count > most ? 'field-count--over' : ''}`}
          title={words.form.characters(count, most)}
        >
          {count}/{most}
        </span>
      )}
      {fault && <IssueLine id={`${id}-fault`} fault={fault} />}
    </div>
  );
}

/** What is wrong with a field. */
export function IssueLine({ id, fault }: { id: string; fault: DraftIssue }) {
  const words = usePlaygroundTexts();
  return (
    <p class="fault" id={id} data-path={fault.path}>
      <Icon of={CircleAlert} size={14} />
      {words.faults.words(fault)}
    </p>
  );
}
