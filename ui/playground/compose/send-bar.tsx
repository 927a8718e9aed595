import { CircleAlert, CircleCheck, ListPlus, SendHorizontal } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';
import type { Preview } from '../client/playground-client.js';
import type { Draft, DraftKind } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { sentForm } from '../draft/sent-form.js';
import { usePlaygroundTexts } from '../language/texts.js';

export interface SendBarProps {
  readonly draft: Draft;
  readonly issues: ReadonlyMap<string, DraftIssue>;
  /** The preview of the chosen account. */
  readonly preview: Preview | undefined;
  readonly onShowIssue: () => void;
}

/** Shows whether the message is valid, and sends it. Invalid messages can be sent too, to see the error. */
export function SendBar({ draft, issues, preview, onShowIssue }: SendBarProps) {
  const texts = usePlaygroundTexts();
  return (
    <footer class="send-bar">
      <div class="send-bar-state">
        <Verdict kind={draft.kind} issues={issues} preview={preview} onShowIssue={onShowIssue} />
      </div>
      <p class="unseen" role="status">
        {issues.size > 0 &&
          `${texts.issues.some(issues.size)}: ${[...issues.values()].map((issue) => `${issue.path}: ${texts.issues.text(issue)}`).join('. ')}`}
      </p>
      <button type="submit" class="main-button">
        <Icon of={draft.by === 'queue' ? ListPlus : SendHorizontal} size={17} />
        {texts.send[draft.by]}
      </button>
    </footer>
  );
}

interface VerdictProps extends Pick<SendBarProps, 'issues' | 'preview' | 'onShowIssue'> {
  readonly kind: DraftKind;
}

function Verdict({ kind, issues, preview, onShowIssue }: VerdictProps) {
  const texts = usePlaygroundTexts();
  if (issues.size > 0) {
    return (
      <button type="button" class="verdict verdict--bad" onClick={onShowIssue} title={texts.issues.goTo}>
        <Icon of={CircleAlert} size={16} />
        {texts.issues.some(issues.size)}
      </button>
    );
  }
  if (!preview) return null;
  const { account, carries } = preview;
  return (
    <span class={`verdict ${carries ? 'verdict--good' : 'verdict--doubtful'}`}>
      <Icon of={carries ? CircleCheck : CircleAlert} size={16} />
      {carries ? texts.as[sentForm(preview, kind)] : texts.issues.cannotCarry(account)}
    </span>
  );
}
