import { useId } from 'preact/hooks';
import type { DraftTemplateButton } from '../draft/draft.js';
import { followingId } from '../draft/id-of-title.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { kindsOfTemplateButton, templateButtonValues, templateKindDrawings } from './button-kinds.js';
import { Field, IssueLine } from './field.js';
import { KindSelect } from './kind-select.js';
import { RemoveButton } from './remove-button.js';

const mostTitleCharacters = 25;
/** A template has at most ten buttons. */
const indexes = Array.from({ length: 10 }, (_, index) => index);

export interface TemplateButtonFieldsProps {
  readonly button: DraftTemplateButton;
  /** From 1. */
  readonly place: number;
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (change: Partial<DraftTemplateButton>) => void;
  readonly onRemove: () => void;
}

/** Edits and removes the value of a template's button. */
export function TemplateButtonFields({ button, place, issues, onChange, onRemove }: TemplateButtonFieldsProps) {
  const { form } = usePlaygroundTexts();
  const id = useId();
  const { type, title, value } = button;
  const name = form.button(place);
  const issueOf = (field: string) => issues.get(`template.buttons[${place - 1}].${field}`);
  const indexIssue = issueOf('index');
  return (
    <fieldset class="button-fields">
      <legend class="unseen">{name}</legend>
      <div class="button-fields-head">
        <KindSelect
          label={`${form.kind}, ${name}`}
          kinds={kindsOfTemplateButton}
          drawings={templateKindDrawings}
          names={form.template.kinds}
          value={type}
          onChoose={(chosen) => onChange({ type: chosen })}
        />
        <label class="template-index">
          {form.template.index}
          <select
            aria-label={`${form.template.index}, ${name}`}
            aria-invalid={indexIssue !== undefined}
            aria-describedby={indexIssue && `${id}-index`}
            value={button.index}
            onChange={({ currentTarget }) => onChange({ index: Number(currentTarget.value) })}
          >
            {indexes.map((index) => (
              <option key={index} value={index}>
                {index}
              </option>
            ))}
          </select>
        </label>
        <RemoveButton label={form.remove(place)} onRemove={onRemove} />
      </div>
      {indexIssue && <IssueLine id={`${id}-index`} issue={indexIssue} />}
      <div class={type === 'reply' ? 'button-fields-text' : ''}>
        {type === 'reply' && (
          <Field
            isBare
            label={`${form.template.buttonTitle}, ${name}`}
            placeholder={form.template.buttonTitle}
            value={title}
            most={mostTitleCharacters}
            issue={issueOf('title')}
            onInput={(text) => onChange({ title: text, value: followingId(value, title, text) })}
          />
        )}
        <Field
          isBare
          label={`${form.template.targets[type]}, ${name}`}
          placeholder={form.template.targets[type]}
          value={value}
          issue={issueOf(templateButtonValues[type])}
          onInput={(text) => onChange({ value: text })}
        />
      </div>
    </fieldset>
  );
}
