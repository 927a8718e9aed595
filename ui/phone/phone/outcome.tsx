import { CircleCheck, CircleX, LoaderCircle, TriangleAlert, Unplug } from 'lucide';
import type { WebhookOutcome } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import type { Texts } from '../language/texts.interface.js';

type Tone = 'waiting' | 'good' | 'doubtful' | 'bad';

const drawings = { waiting: LoaderCircle, good: CircleCheck, doubtful: TriangleAlert, bad: CircleX } as const;

/** Shows whether the app received the webhook: as text or, if space is short, as an icon with the reason. */
export function Outcome({ outcome, isMark = false }: { outcome?: WebhookOutcome; isMark?: boolean }) {
  const texts = useTexts();
  const tone = toneOf(outcome);
  return (
    <span class={`outcome outcome--${tone}`} title={outcomeHint(outcome, texts)}>
      <Icon of={outcome?.url === '' ? Unplug : drawings[tone]} size={14} />
      <span class={isMark ? 'unseen' : ''}>{outcomeText(outcome, texts)}</span>
    </span>
  );
}

export function outcomeText(outcome: WebhookOutcome | undefined, { outcome: texts }: Texts): string {
  if (!outcome) return texts.waiting;
  if (outcome.status === undefined) return outcome.url === '' ? texts.noAddress : texts.unreachable;
  return isGood(outcome.status) ? texts.heard(outcome.status) : texts.refused(outcome.status);
}

/** Returns advice, or undefined if the webhook was accepted. */
export function outcomeHint(outcome: WebhookOutcome | undefined, { hint }: Texts): string | undefined {
  if (!outcome || (outcome.status !== undefined && isGood(outcome.status))) return undefined;
  if (outcome.status === undefined) return outcome.url === '' ? hint.noAddress : hint.unreachable;
  if (outcome.status === 401 || outcome.status === 403) return hint.credentials;
  if (outcome.status === 404) return hint.noRoute;
  return outcome.status >= 500 ? hint.failed : hint.other;
}

export function toneOf(outcome: WebhookOutcome | undefined): Tone {
  if (!outcome) return 'waiting';
  if (outcome.status === undefined) return 'bad';
  return isGood(outcome.status) ? 'good' : 'doubtful';
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}
