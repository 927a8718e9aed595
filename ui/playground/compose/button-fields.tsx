import { ArrowDown, ArrowUp } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';
import type { DraftButton } from '../draft/draft.js';
import { followingId } from '../draft/id-of-title.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { buttonTargets, kindDrawings, kindsOfButton } from './button-kinds.js';
import { Field } from './field.js';
import { KindSelect } from './kind-select.js';
import { RemoveButton } from './remove-button.js';

const mostTitleCharacters = 20;

export interface ButtonFieldsProps {
  readonly button: DraftButton;
  /** From 0. */
  readonly index: number;
  readonly count: number;
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (change: Partial<DraftButton>) => void;
  readonly onMove: (steps: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** Edits, moves and removes a button. */
export function ButtonFields({ button, index, count, issues, onChange, onMove, onRemove }: ButtonFieldsProps) {
  const { form } = usePlaygroundTexts();
  const { type, title, target } = button;
  const place = index + 1;
  const issueOf = (field: string) => issues.get(`buttons[${index}].${field}`);
  const rename = (renamed: string): void =>
    onChange({ title: renamed, ...(type === 'reply' && { target: followingId(target, title, renamed) }) });
  return (
    <fieldset class="button-fields">
      <legend class="unseen">{form.button(place)}</legend>
      <div class="button-fields-head">
        <KindSelect
          label={`${form.kind}, ${form.button(place)}`}
          kinds={kindsOfButton}
          drawings={kindDrawings}
          names={form.kinds}
          value={type}
          onChoose={(chosen) => onChange({ type: chosen })}
        />
        <button
          type="button"
          class="round-button"
          aria-label={form.up(place)}
          disabled={index === 0}
          onClick={() => onMove(-1)}
        >
          <Icon of={ArrowUp} size={16} />
        </button>
        <button
          type="button"
          class="round-button"
          aria-label={form.down(place)}
          disabled={place === count}
          onClick={() => onMove(1)}
        >
          <Icon of={ArrowDown} size={16} />
        </button>
        <RemoveButton label={form.remove(place)} onRemove={onRemove} />
      </div>
      <div class="button-fields-text">
        <Field
          isBare
          label={`${form.buttonTitle}, ${form.button(place)}`}
          placeholder={form.buttonTitle}
          value={title}
          most={mostTitleCharacters}
          issue={issueOf('title')}
          onInput={rename}
        />
        <Field
          isBare
          label={`${form.targets[type]}, ${form.button(place)}`}
          placeholder={form.targets[type]}
          value={target}
          issue={issueOf(buttonTargets[type])}
          onInput={(value) => onChange({ target: value })}
        />
      </div>
    </fieldset>
  );
}
