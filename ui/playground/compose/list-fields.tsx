import { useId } from 'preact/hooks';
import type { DraftList } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { newSection } from '../draft/new-parts.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { AddButton } from './add-button.js';
import { Field, IssueLine } from './field.js';
import { SectionFields } from './section-fields.js';
import { useParts } from './use-parts.js';
import './parts.css';

const mostButtonCharacters = 20;

export interface ListFieldsProps {
  readonly list: DraftList;
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (list: DraftList) => void;
}

/** Edits a list: the button that opens it, its sections and their rows. */
export function ListFields({ list, issues, onChange }: ListFieldsProps) {
  const { form } = usePlaygroundTexts();
  const id = useId();
  const { button, sections } = list;
  const { change, remove, adders } = useParts(sections, (changed) => onChange({ ...list, sections: changed }));
  const issue = issues.get('list.sections');
  return (
    <>
      <Field
        label={form.list.button}
        most={mostButtonCharacters}
        value={button}
        issue={issues.get('list.button')}
        onInput={(text) => onChange({ ...list, button: text })}
      />
      <section class="button-list" aria-labelledby={id}>
        <h3 class="field-label" id={id}>
          {form.list.sections}
        </h3>
        {sections.map((section, index) => (
          <SectionFields
            key={section.key}
            section={section}
            index={index}
            issues={issues}
            onChange={(changed) => change(section, changed)}
            onRemove={() => remove(section)}
          />
        ))}
        {issue && <IssueLine id={`${id}-issue`} issue={issue} />}
        <AddButton
          text={form.list.addSection}
          onAdd={() => onChange({ ...list, sections: [...sections, newSection()] })}
          frame={adders}
        />
      </section>
    </>
  );
}
