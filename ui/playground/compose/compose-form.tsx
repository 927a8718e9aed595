import { useRef } from 'preact/hooks';
import type { Setting } from '../client/playground-client.js';
import type { ChangeDraft, Draft } from '../draft/draft.js';
import { issuesByPath } from '../draft/issues.js';
import type { Previewed } from '../draft/use-preview.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { ButtonList } from './button-list.js';
import { Examples } from './examples.js';
import { Field } from './field.js';
import { HeaderField } from './header-field.js';
import { SendBar } from './send-bar.js';
import { SendOptions } from './send-options.js';
import './compose.css';

const mostTextCharacters = 1_024;
const mostFooterCharacters = 60;

export interface ComposeFormProps {
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly accounts: Setting['accounts'];
  readonly previewed: Previewed;
  readonly onSend: () => void;
}

/** The form in which a message is written. */
export function ComposeForm({ draft, change, accounts, previewed, onSend }: ComposeFormProps) {
  const { form } = usePlaygroundTexts();
  const fields = useRef<HTMLFormElement>(null);
  const issues = issuesByPath(previewed.previews);
  const send = (event: Event): void => {
    event.preventDefault();
    onSend();
  };
  const showIssue = (): void => {
    const invalid = fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (invalid ?? fields.current?.querySelector<HTMLElement>('.issue'))?.scrollIntoView({ block: 'center' });
    invalid?.focus();
  };
  return (
    <form class="compose" aria-label={form.label} ref={fields} onSubmit={send} noValidate>
      <div class="compose-fields">
        <Examples onChoose={change} />
        <Field
          label={form.to}
          placeholder={form.toHint}
          inputMode="tel"
          value={draft.to}
          issue={issues.get('to')}
          onInput={(to) => change({ to })}
        />
        <HeaderField draft={draft} change={change} issues={issues} />
        <Field
          label={form.text}
          rows={4}
          most={mostTextCharacters}
          value={draft.text}
          issue={issues.get('text')}
          onInput={(text) => change({ text })}
        />
        <Field
          label={form.footer}
          note={form.optional}
          most={mostFooterCharacters}
          value={draft.footer}
          issue={issues.get('footer')}
          onInput={(footer) => change({ footer })}
        />
        <ButtonList buttons={draft.buttons} issues={issues} onChange={(buttons) => change({ buttons })} />
        <SendOptions draft={draft} change={change} accounts={accounts} />
      </div>
      <SendBar
        draft={draft}
        issues={issues}
        preview={previewed.previews.find(({ account }) => account === draft.account)}
        onShowIssue={showIssue}
      />
    </form>
  );
}
