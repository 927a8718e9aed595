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
  readonly faults: ReadonlyMap<string, DraftIssue>;
}

/** What stands above the text. */
export function HeaderField({ draft: { headerKind, header }, change, faults }: HeaderFieldProps) {
  const { form } = usePlaygroundTexts();
  const options = kinds.map((value) => ({ value, words: form.headerKinds[value] }));
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
          fault={faults.get(`header.${headerKind}`) ?? faults.get('header')}
          onInput={(value) => change({ header: value })}
          {...(headerKind === 'text' ? { most: mostCharacters } : { placeholder: form.headerLink, inputMode: 'url' })}
        />
      )}
    </div>
  );
}
