import { CircleAlert } from 'lucide';
import { useId } from 'preact/hooks';
import { Icon } from '../../phone/icons/icon.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';

export interface FieldProps {
  readonly label: string;
  /** A note next to the label, such as "optional". */
  readonly note?: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly issue: DraftIssue | undefined;
  /** The maximum number of characters. A counter appears when the text gets close to it. */
  readonly most?: number;
  /** @default 1 */
  readonly rows?: number;
  readonly placeholder?: string;
  readonly inputMode?: 'tel' | 'url' | 'text';
  /** Shows the label to screen readers only. */
  readonly isBare?: boolean;
}

/** A text field with its issue below it. */
export function Field({ label, note, value, onInput, issue, most, rows, isBare, ...rest }: FieldProps) {
  const texts = usePlaygroundTexts();
  const id = useId();
  const count = [...value].length;
  const attributes = {
    id,
    value,
    class: 'field-input',
    'aria-invalid': issue !== undefined,
    'aria-describedby': issue ? `${id}-issue` : undefined,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => onInput(currentTarget.value),
    ...rest,
  };
  return (
    <div class={`field ${issue ? 'field--invalid' : ''}`}>
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
          title={texts.form.characters(count, most)}
        >
          {count}/{most}
        </span>
      )}
      {issue && <IssueLine id={`${id}-issue`} issue={issue} />}
    </div>
  );
}

/** Shows the issue of a field. */
export function IssueLine({ id, issue }: { id: string; issue: DraftIssue }) {
  const texts = usePlaygroundTexts();
  return (
    <p class="issue" id={id} data-path={issue.path}>
      <Icon of={CircleAlert} size={14} />
      {texts.issues.text(issue)}
    </p>
  );
}
