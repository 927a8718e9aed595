import { CircleAlert, CircleCheck, ListPlus, SendHorizontal } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';
import type { Preview } from '../client/playground-client.js';
import type { Draft } from '../draft/draft.js';
import type { DraftIssue } from '../draft/issues.js';
import { usePlaygroundTexts } from '../language/texts.js';

export interface SendBarProps {
  readonly draft: Draft;
  readonly faults: ReadonlyMap<string, DraftIssue>;
  /** What the chosen account would do. */
  readonly preview: Preview | undefined;
  readonly onShowFault: () => void;
}

/** Whether the message can go, and the button that sends it. What cannot go may be sent too, to see what happens. */
export function SendBar({ draft, faults, preview, onShowFault }: SendBarProps) {
  const words = usePlaygroundTexts();
  return (
    <footer class="send-bar">
      <div class="send-bar-state">
        <Verdict faults={faults} preview={preview} onShowFault={onShowFault} />
      </div>
      <p class="unseen" role="status">
        {faults.size > 0 &&
          `${words.faults.some(faults.size)}: ${[...faults.values()].map((fault) => `${fault.path}: ${words.faults.words(fault)}`).join('. ')}`}
      </p>
      <button type="submit" class="main-button">
        <Icon of={draft.by === 'queue' ? ListPlus : SendHorizontal} size={17} />
        {words.send[draft.by]}
      </button>
    </footer>
  );
}

function Verdict({ faults, preview, onShowFault }: Pick<SendBarProps, 'faults' | 'preview' | 'onShowFault'>) {
  const words = usePlaygroundTexts();
  if (faults.size > 0) {
    return (
      <button type="button" class="verdict verdict--bad" onClick={onShowFault} title={words.faults.goTo}>
        <Icon of={CircleAlert} size={16} />
        {words.faults.some(faults.size)}
      </button>
    );
  }
  if (!preview) return null;
  const { account, carries, as = 'buttons' } = preview;
  return (
    <span class={`verdict ${carries ? 'verdict--good' : 'verdict--doubtful'}`}>
      <Icon of={carries ? CircleCheck : CircleAlert} size={16} />
      {carries ? words.as[as] : words.faults.cannotCarry(account)}
    </span>
  );
}
