import { useId } from 'preact/hooks';
import type { DraftValue, DraftValues } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { newValue } from '../draft/new-parts.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { Segments } from '../layout/segments.js';
import { AddButton } from './add-button.js';
import { Field, IssueLine } from './field.js';
import { RemoveButton } from './remove-button.js';
import { useParts } from './use-parts.js';

export interface ValueListProps {
  readonly label: string;
  readonly values: DraftValues;
  /** The path of the values in the message. */
  readonly path: string;
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (values: DraftValues) => void;
}

/** Edits the values of a template's variables, by position or by name. */
export function ValueList({ label, values: { by, values }, path, issues, onChange }: ValueListProps) {
  const { form } = usePlaygroundTexts();
  const id = useId();
  const { change, remove, adders } = useParts(values, (changed) => onChange({ by, values: changed }));
  const issue = issues.get(path);
  return (
    <section class="button-list" aria-label={label}>
      <Segments
        label={label}
        isLabelSeen
        options={(['name', 'position'] as const).map((value) => ({ value, label: form.template.bys[value] }))}
        value={by}
        onChoose={(chosen) => onChange({ by: chosen, values })}
      />
      {values.map((value, index) => (
        <ValueFields
          key={value.key}
          value={value}
          by={by}
          name={`${form.template.value(index + 1)}, ${label}`}
          place={index + 1}
          issue={issues.get(by === 'name' ? `${path}.${value.name}` : `${path}[${index}]`)}
          onChange={(changed) => change(value, changed)}
          onRemove={() => remove(value)}
        />
      ))}
      {issue && <IssueLine id={`${id}-issue`} issue={issue} />}
      <AddButton
        text={form.template.addValue}
        label={`${form.template.addValue}, ${label}`}
        onAdd={() => onChange({ by, values: [...values, newValue()] })}
        frame={adders}
      />
    </section>
  );
}

interface ValueFieldsProps {
  readonly value: DraftValue;
  readonly by: DraftValues['by'];
  /** The value and its list, for screen readers. */
  readonly name: string;
  /** From 1. */
  readonly place: number;
  readonly issue: DraftIssue | undefined;
  readonly onChange: (change: Partial<DraftValue>) => void;
  readonly onRemove: () => void;
}

function ValueFields({ value, by, name, place, issue, onChange, onRemove }: ValueFieldsProps) {
  const { form } = usePlaygroundTexts();
  return (
    <div class="part-line">
      {by === 'name' ? (
        <Field
          isBare
          label={`${form.template.valueName}, ${name}`}
          placeholder={form.template.valueName}
          value={value.name}
          issue={undefined}
          onInput={(text) => onChange({ name: text })}
        />
      ) : (
        <code class="part-place" aria-hidden="true">{`{{${place}}}`}</code>
      )}
      <Field
        isBare
        label={name}
        placeholder={form.template.valueText}
        value={value.text}
        issue={issue}
        onInput={(text) => onChange({ text })}
      />
      <RemoveButton label={form.template.removeValue(name)} onRemove={onRemove} />
    </div>
  );
}
