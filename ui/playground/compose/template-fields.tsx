import type { DraftTemplate } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { Field } from './field.js';
import { HeaderField } from './header-field.js';
import { TemplateButtonList } from './template-button-list.js';
import { ValueList } from './value-list.js';
import './parts.css';

const headerKinds = ['none', 'text', 'image', 'video', 'document'] as const;
const mostNameCharacters = 512;

export interface TemplateFieldsProps {
  readonly template: DraftTemplate;
  readonly issues: ReadonlyMap<string, DraftIssue>;
  readonly onChange: (change: Partial<DraftTemplate>) => void;
}

/** Edits a template: its name, its language and its values. */
export function TemplateFields({ template, issues, onChange }: TemplateFieldsProps) {
  const { form } = usePlaygroundTexts();
  const { name, language, header, headerValues, body, buttons } = template;
  return (
    <>
      <div class="template-name">
        <Field
          label={form.template.name}
          value={name}
          most={mostNameCharacters}
          issue={issues.get('template.name')}
          onInput={(text) => onChange({ name: text })}
        />
        <Field
          label={form.template.language}
          placeholder="pt_BR"
          value={language}
          issue={issues.get('template.language')}
          onInput={(text) => onChange({ language: text })}
        />
      </div>
      <HeaderField
        header={header}
        kinds={headerKinds}
        path="template.header"
        issues={issues}
        onChange={(changed) => onChange({ header: { ...header, ...changed } })}
      >
        <ValueList
          label={form.template.headerValues}
          values={headerValues}
          path="template.header.text"
          issues={issues}
          onChange={(values) => onChange({ headerValues: values })}
        />
      </HeaderField>
      <ValueList
        label={form.template.body}
        values={body}
        path="template.body"
        issues={issues}
        onChange={(values) => onChange({ body: values })}
      />
      <TemplateButtonList buttons={buttons} issues={issues} onChange={(changed) => onChange({ buttons: changed })} />
    </>
  );
}
