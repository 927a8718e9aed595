import { useId } from 'preact/hooks';
import type { DraftTemplateButton } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { newTemplateButton } from '../draft/new-parts.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { kindsOfTemplateButton, templateKindDrawings } from './button-kinds.js';
import { IssueLine } from './field.js';
import { PartAdders } from './part-adders.js';
import { TemplateButtonFields } from './template-button-fields.js';
import { useParts } from './use-parts.js';

export interface TemplateButtonListProps {
  readonly buttons: readonly DraftTemplateButton[];
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (buttons: readonly DraftTemplateButton[]) => void;
}

/** Edits the values of a template's buttons. */
export function TemplateButtonList({ buttons, issues, onChange }: TemplateButtonListProps) {
  const { form } = usePlaygroundTexts();
  const id = useId();
  const { change, remove, adders } = useParts(buttons, onChange);
  const issue = issues.get('template.buttons');
  return (
    <section class="button-list" aria-labelledby={id}>
      <h3 class="field-label" id={id}>
        {form.template.buttons}
      </h3>
      {buttons.map((button, place) => (
        <TemplateButtonFields
          key={button.key}
          button={button}
          place={place + 1}
          issues={issues}
          onChange={(changed) => change(button, changed)}
          onRemove={() => remove(button)}
        />
      ))}
      {issue && <IssueLine id={`${id}-issue`} issue={issue} />}
      <PartAdders
        kinds={kindsOfTemplateButton}
        drawings={templateKindDrawings}
        names={form.template.kinds}
        label={form.addButton}
        onAdd={(kind) => onChange([...buttons, newTemplateButton(kind, buttons)])}
        frame={adders}
      />
    </section>
  );
}
