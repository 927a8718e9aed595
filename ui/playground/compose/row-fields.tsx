import type { DraftRow } from '../draft/draft.js';
import { followingId } from '../draft/id-of-title.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { Field } from './field.js';
import { RemoveButton } from './remove-button.js';

const mostTitleCharacters = 24;
const mostDescriptionCharacters = 72;
const mostIdCharacters = 200;

export interface RowFieldsProps {
  readonly row: DraftRow;
  /** The row and its section, for screen readers. */
  readonly name: string;
  readonly path: string;
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (change: Partial<DraftRow>) => void;
  readonly onRemove: () => void;
}

/** Edits and removes a row of a list. */
export function RowFields({ row, name, path, issues, onChange, onRemove }: RowFieldsProps) {
  const { form } = usePlaygroundTexts();
  const { title, description, id } = row;
  return (
    <fieldset class="row-fields">
      <legend class="unseen">{name}</legend>
      <div class="button-fields-text">
        <Field
          isBare
          label={`${form.list.rowTitle}, ${name}`}
          placeholder={form.list.rowTitle}
          value={title}
          most={mostTitleCharacters}
          issue={issues.get(`${path}.title`)}
          onInput={(text) => onChange({ title: text, id: followingId(id, title, text) })}
        />
        <Field
          isBare
          label={`${form.targets.reply}, ${name}`}
          placeholder={form.targets.reply}
          value={id}
          most={mostIdCharacters}
          issue={issues.get(`${path}.id`)}
          onInput={(text) => onChange({ id: text })}
        />
      </div>
      <div class="part-line">
        <Field
          isBare
          label={`${form.list.description}, ${name}`}
          placeholder={form.list.description}
          value={description}
          most={mostDescriptionCharacters}
          issue={issues.get(`${path}.description`)}
          onInput={(text) => onChange({ description: text })}
        />
        <RemoveButton label={form.list.removeRow(name)} onRemove={onRemove} />
      </div>
    </fieldset>
  );
}
