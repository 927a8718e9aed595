import type { ChangeDraft, Draft, HeaderKind } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { Segments } from '../layout/segments.js';
import { Field } from './field.js';

const kinds: readonly HeaderKind[] = ['none', 'text', 'image', 'video'];
const mostCharacters = 60;

export interface HeaderFieldProps {
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly issues: ReadonlyMap<string, DraftIssue>;
}

/** The field for the message's header. */
export function HeaderField({ draft: { headerKind, header }, change, issues }: HeaderFieldProps) {
  const { form } = usePlaygroundTexts();
  const options = kinds.map((value) => ({ value, label: form.headerKinds[value] }));
  return (
    <div class="header-field">
      <Segments
        label={form.header}
        isLabelSeen
        options={options}
        value={headerKind}
        onChoose={(kind) => change({ headerKind: kind })}
      />
      {headerKind !== 'none' && (
        <Field
          isBare
          label={`${form.header}: ${form.headerKinds[headerKind]}`}
          value={header}
          issue={issues.get(`header.${headerKind}`) ?? issues.get('header')}
          onInput={(value) => change({ header: value })}
          {...(headerKind === 'text' ? { most: mostCharacters } : { placeholder: form.headerLink, inputMode: 'url' })}
        />
      )}
    </div>
  );
}
