import type { ChangeDraft, Draft } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { ButtonList } from './button-list.js';
import { Field } from './field.js';
import { HeaderField } from './header-field.js';
import { ListFields } from './list-fields.js';
import { TemplateFields } from './template-fields.js';

const headerKinds = ['none', 'text', 'image', 'video', 'document', 'media'] as const;
const listHeaderKinds = ['none', 'text'] as const;
const mostTextCharacters = { buttons: 1_024, list: 4_096, text: 4_096, template: 4_096 } as const;
const mostFooterCharacters = 60;

export interface KindFieldsProps {
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly issues: ReadonlyMap<string, DraftIssue>;
}

/** The fields of the chosen kind of message. */
export function KindFields({ draft, change, issues }: KindFieldsProps) {
  const shared = { draft, change, issues };
  switch (draft.kind) {
    case 'buttons':
      return (
        <>
          <HeaderOf {...shared} kinds={headerKinds} />
          <TextOf {...shared} />
          <FooterOf {...shared} />
          <ButtonList buttons={draft.buttons} issues={issues} onChange={(buttons) => change({ buttons })} />
        </>
      );
    case 'list':
      return (
        <>
          <HeaderOf {...shared} kinds={listHeaderKinds} />
          <TextOf {...shared} />
          <FooterOf {...shared} />
          <ListFields list={draft.list} issues={issues} onChange={(list) => change({ list })} />
        </>
      );
    case 'text':
      return <TextOf {...shared} />;
    case 'template':
      return (
        <>
          <TemplateFields
            template={draft.template}
            issues={issues}
            onChange={(changed) => change({ template: { ...draft.template, ...changed } })}
          />
          <TextOf {...shared} />
        </>
      );
  }
}

function HeaderOf({
  draft: { header },
  change,
  issues,
  kinds,
}: KindFieldsProps & { kinds: typeof headerKinds | typeof listHeaderKinds }) {
  return (
    <HeaderField
      header={header}
      kinds={kinds}
      path="header"
      issues={issues}
      onChange={(changed) => change({ header: { ...header, ...changed } })}
    />
  );
}

/** A template's text is optional. */
function TextOf({ draft: { kind, text }, change, issues }: KindFieldsProps) {
  const { form } = usePlaygroundTexts();
  return (
    <Field
      label={form.text}
      {...(kind === 'template' && { note: form.template.textNote })}
      rows={4}
      most={mostTextCharacters[kind]}
      value={text}
      issue={issues.get('text')}
      onInput={(written) => change({ text: written })}
    />
  );
}

function FooterOf({ draft: { footer }, change, issues }: KindFieldsProps) {
  const { form } = usePlaygroundTexts();
  return (
    <Field
      label={form.footer}
      note={form.optional}
      most={mostFooterCharacters}
      value={footer}
      issue={issues.get('footer')}
      onInput={(written) => change({ footer: written })}
    />
  );
}
