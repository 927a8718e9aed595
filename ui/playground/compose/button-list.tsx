import { Plus } from 'lucide';
import { useId, useRef } from 'preact/hooks';
import { Icon } from '../../phone/icons/icon.js';
import { type DraftButton, newButton } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { ButtonFields } from './button-fields.js';
import { kindDrawings, kindsOfButton } from './button-kinds.js';
import { IssueLine } from './field.js';

export interface ButtonListProps {
  readonly buttons: readonly DraftButton[];
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (buttons: readonly DraftButton[]) => void;
}

/** Edits the buttons. */
export function ButtonList({ buttons, issues, onChange }: ButtonListProps) {
  const { form } = usePlaygroundTexts();
  const id = useId();
  const adders = useRef<HTMLDivElement>(null);
  const issue = issues.get('buttons');
  const change = (key: string, change: Partial<DraftButton>): void =>
    onChange(buttons.map((button) => (button.key === key ? { ...button, ...change } : button)));
  const remove = (key: string): void => {
    onChange(buttons.filter((button) => button.key !== key));
    // The focused element was removed.
    adders.current?.querySelector('button')?.focus();
  };
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
          onChange={(changed) => change(button.key, changed)}
          onMove={(steps) => onChange(moved(buttons, index, steps))}
          onRemove={() => remove(button.key)}
        />
      ))}
      {issue && <IssueLine id={`${id}-issue`} issue={issue} />}
      <div class="button-adders" ref={adders}>
        <Icon of={Plus} size={15} />
        {kindsOfButton.map((kind) => (
          <button
            key={kind}
            type="button"
            class="chip"
            aria-label={form.addButton(form.kinds[kind])}
            onClick={() => onChange([...buttons, newButton(kind)])}
          >
            <Icon of={kindDrawings[kind]} size={14} />
            {form.kinds[kind]}
          </button>
        ))}
      </div>
    </section>
  );
}

function moved(buttons: readonly DraftButton[], index: number, steps: number): readonly DraftButton[] {
  const button = buttons[index];
  return button ? buttons.toSpliced(index, 1).toSpliced(index + steps, 0, button) : buttons;
}
