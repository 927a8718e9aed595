import { useRef } from 'preact/hooks';
import type { Setting } from '../client/playground-client.js';
import type { ChangeDraft, Draft, DraftKind } from '../draft/draft.js';
import { issuesByPath } from '../draft/issues.js';
import type { LastReply } from '../draft/last-reply.js';
import type { Previewed } from '../draft/use-preview.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { Segments } from '../layout/segments.js';
import { Examples } from './examples.js';
import { Field } from './field.js';
import { KindFields } from './kind-fields.js';
import { SendBar } from './send-bar.js';
import { SendOptions } from './send-options.js';
import './compose.css';

const kinds: readonly DraftKind[] = ['buttons', 'list', 'text', 'template'];

export interface ComposeFormProps {
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly accounts: Setting['accounts'];
  readonly previewed: Previewed;
  /** The message that the draft can quote. */
  readonly lastReply: LastReply | undefined;
  readonly onSend: () => void;
}

/** The form in which a message is written. */
export function ComposeForm({ draft, change, accounts, previewed, lastReply, onSend }: ComposeFormProps) {
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
        <Segments
          label={form.messageKind}
          isLabelSeen
          options={kinds.map((value) => ({ value, label: form.messageKinds[value] }))}
          value={draft.kind}
          onChoose={(kind) => change({ kind })}
        />
        <Field
          label={form.to}
          placeholder={form.toHint}
          inputMode="tel"
          value={draft.to}
          issue={issues.get('to')}
          onInput={(to) => change({ to })}
        />
        <KindFields draft={draft} change={change} issues={issues} />
        <SendOptions draft={draft} change={change} accounts={accounts} lastReply={lastReply} />
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
