import { useId } from 'preact/hooks';

/** More options than this get several rows. */
const maxInRow = 4;

export interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
  readonly isLabelSeen?: boolean;
}

/** A segmented control. */
export function Segments<Value extends string>({
  label,
  options,
  value,
  onChoose,
  isLabelSeen = false,
}: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset class="segments">
      <legend class={isLabelSeen ? 'field-label' : 'unseen'}>{label}</legend>
      <div class={`segments-row ${options.length > maxInRow ? 'segments-row--many' : ''}`}>
        {options.map((option) => (
          <label key={option.value} class="segment">
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChoose(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
