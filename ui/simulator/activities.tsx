import { CircleSlash, MousePointerClick, PenLine, Radio, ShieldCheck, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { PhoneActivity } from '../../lib/simulator/phones/phone-news.interface.js';
import type { PhoneBookState } from '../phone/client/phone-book.js';
import { Icon } from '../phone/icons/icon.js';
import { useTexts } from '../phone/language/language.js';
import type { Texts } from '../phone/language/texts.interface.js';
import { timeOf } from '../phone/phone/day.js';
import { Outcome, outcomeHint } from '../phone/phone/outcome.js';
import { providerNames } from '../phone/phone/provider-names.js';
import { Providers } from './providers.js';

export interface ActivitiesProps {
  readonly state: PhoneBookState;
  /** The phone that is shown. */
  readonly address: string | undefined;
  /** Whether it is open on a screen that is too narrow to show it next to the phone. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Lists the webhooks of this phone with the app's responses, and the app's rejected requests. */
export function Activities({ state, address, isOpen, onClose }: ActivitiesProps) {
  const texts = useTexts();
  const panel = useRef<HTMLElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const before = document.activeElement;
    closer.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [isOpen]);
  const shown = state.activities.filter((activity) => concerns(activity, address)).reverse();
  return (
    <aside
      ref={panel}
      class={`activities ${isOpen ? 'activities--open' : ''}`}
      aria-label={texts.activity.title}
      onKeyDown={({ key }) => key === 'Escape' && isOpen && onClose()}
    >
      <header>
        <h2>{texts.activity.title}</h2>
        <button
          ref={closer}
          type="button"
          class="round-button activities-closer"
          aria-label={texts.activity.close}
          onClick={onClose}
        >
          <Icon of={X} size={20} />
        </button>
      </header>
      <div class={`target ${state.webhooks ? '' : 'target--none'}`}>
        <span>{state.webhooks ? texts.activity.webhooksTo : texts.activity.noWebhooks}</span>
        {state.webhooks ? <code>{state.webhooks}</code> : <small>{texts.hint.noAddress}</small>}
      </div>
      {shown.length === 0 ? (
        <p class="activities-none">{texts.activity.none}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
        <ol tabIndex={0}>
          {shown.map((activity) => (
            <li key={activity.id}>
              <ActivityRow activity={activity} texts={texts} />
            </li>
          ))}
        </ol>
      )}
      <Providers providers={state.providers} />
    </aside>
  );
}

function ActivityRow({ activity, texts }: { activity: PhoneActivity; texts: Texts }) {
  const drawing = drawingOf(activity);
  const hint = activity.kind === 'webhook' ? outcomeHint(activity.outcome, texts) : undefined;
  return (
    <article class={`activity ${activity.kind === 'refused' ? 'activity--refused' : ''}`}>
      <span class="activity-picture">
        <Icon of={drawing} size={16} />
      </span>
      <div>
        <p class="activity-head">
          <strong dir="auto">{headOf(activity, texts)}</strong>
          <time dateTime={activity.at}>{timeOf(activity.at, texts)}</time>
        </p>
        {activity.kind === 'webhook' ? (
          <Outcome outcome={activity.outcome} />
        ) : (
          <Refusal activity={activity} texts={texts} />
        )}
        {hint && <p class="hint">{hint}</p>}
      </div>
    </article>
  );
}

function Refusal({ activity, texts }: { activity: Extract<PhoneActivity, { kind: 'refused' }>; texts: Texts }) {
  const { status, words, path } = activity;
  return (
    <>
      <p class="refusal-text" dir="auto">
        {status === undefined ? texts.activity.refusedWithoutAnswer : `${status} · ${words}`}
      </p>
      <code class="refusal-path">{path.split('?', 1).join('').split('/').slice(-1)}</code>
    </>
  );
}

function headOf(activity: PhoneActivity, { activity: texts, statuses }: Texts): string {
  if (activity.kind === 'refused') return texts.refused(providerNames[activity.provider]);
  const { subject } = activity;
  switch (subject.kind) {
    case 'press':
      return texts.pressed(subject.text);
    case 'text':
      return texts.typed(subject.text);
    case 'status':
      return statuses[subject.status];
    case 'verification':
      return texts.verified;
  }
}

function drawingOf(activity: PhoneActivity) {
  if (activity.kind === 'refused') return CircleSlash;
  const drawings = { press: MousePointerClick, text: PenLine, status: Radio, verification: ShieldCheck };
  return drawings[activity.subject.kind];
}

/** Activities without a phone are shown for every phone. */
function concerns(activity: PhoneActivity, address: string | undefined): boolean {
  return activity.kind === 'refused' || activity.address === undefined || activity.address === address;
}
