import { useId } from 'preact/hooks';
import type { DraftButton } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { newButton } from '../draft/new-parts.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { ButtonFields } from './button-fields.js';
import { kindDrawings, kindsOfButton } from './button-kinds.js';
import { IssueLine } from './field.js';
import { PartAdders } from './part-adders.js';
import { useParts } from './use-parts.js';

export interface ButtonListProps {
  readonly buttons: readonly DraftButton[];
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (buttons: readonly DraftButton[]) => void;
}

/** Edits the buttons. */
export function ButtonList({ buttons, issues, onChange }: ButtonListProps) {
  const { form } = usePlaygroundTexts();
  const id = useId();
  const { change, remove, adders } = useParts(buttons, onChange);
  const issue = issues.get('buttons');
  return (
    <section class="button-list" aria-labelledby={id}>
      <h3 class="field-label" id={id}>
        {form.buttons}
      </h3>
      {buttons.map((button, index) => (
        <ButtonFields
          key={button.key}
          button={button}
          index={index}
          count={buttons.length}
          issues={issues}
          onChange={(changed) => change(button, changed)}
          onMove={(steps) => onChange(moved(buttons, index, steps))}
          onRemove={() => remove(button)}
        />
      ))}
      {issue && <IssueLine id={`${id}-issue`} issue={issue} />}
      <PartAdders
        kinds={kindsOfButton}
        drawings={kindDrawings}
        names={form.kinds}
        label={form.addButton}
        onAdd={(kind) => onChange([...buttons, newButton(kind)])}
        frame={adders}
      />
    </section>
  );
}

function moved(buttons: readonly DraftButton[], index: number, steps: number): readonly DraftButton[] {
  const button = buttons[index];
  return button ? buttons.toSpliced(index, 1).toSpliced(index + steps, 0, button) : buttons;
}
