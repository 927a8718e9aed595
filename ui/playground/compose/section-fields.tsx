import { useId } from 'preact/hooks';
import type { DraftSection } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { newRow } from '../draft/new-parts.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { AddButton } from './add-button.js';
import { Field, IssueLine } from './field.js';
import { RemoveButton } from './remove-button.js';
import { RowFields } from './row-fields.js';
import { useParts } from './use-parts.js';

const mostTitleCharacters = 24;

export interface SectionFieldsProps {
  readonly section: DraftSection;
  /** From 0. */
  readonly index: number;
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (change: Partial<DraftSection>) => void;
  readonly onRemove: () => void;
}

/** Edits and removes a section of a list. */
export function SectionFields({ section, index, issues, onChange, onRemove }: SectionFieldsProps) {
  const { form } = usePlaygroundTexts();
  const id = useId();
  const { title, rows } = section;
  const { change, remove, adders } = useParts(rows, (changed) => onChange({ rows: changed }));
  const name = form.list.section(index + 1);
  const path = `list.sections[${index}]`;
  const issue = issues.get(`${path}.rows`);
  return (
    <fieldset class="button-fields">
      <legend class="unseen">{name}</legend>
      <div class="part-line">
        <Field
          isBare
          label={`${form.list.sectionTitle}, ${name}`}
          placeholder={form.list.sectionTitle}
          value={title}
          most={mostTitleCharacters}
          issue={issues.get(`${path}.title`)}
          onInput={(text) => onChange({ title: text })}
        />
        <RemoveButton label={form.list.removeSection(index + 1)} onRemove={onRemove} />
      </div>
      {rows.map((row, rowIndex) => (
        <RowFields
          key={row.key}
          row={row}
          name={`${form.list.row(rowIndex + 1)}, ${name}`}
          path={`${path}.rows[${rowIndex}]`}
          issues={issues}
          onChange={(changed) => change(row, changed)}
          onRemove={() => remove(row)}
        />
      ))}
      {issue && <IssueLine id={`${id}-issue`} issue={issue} />}
      <AddButton
        text={form.list.addRow}
        label={`${form.list.addRow}, ${name}`}
        onAdd={() => onChange({ rows: [...rows, newRow()] })}
        frame={adders}
      />
    </fieldset>
  );
}
