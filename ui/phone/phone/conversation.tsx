import { ChevronUp } from 'lucide';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { dayOf } from './day.js';
import type { Act } from './phone.js';
import { ReceivedMessage } from './received-message.js';
import { SentAnswer } from './sent-answer.js';
import { type TimelineEntry, timelineOf } from './timeline.js';

/** The number of latest bubbles shown at first, and added by each "Show earlier". */
const PAGE_SIZE = 200;

export interface ConversationProps {
  readonly messages: readonly PhoneMessage[];
  readonly act?: Act;
  /** Called when the owner replies to this message. */
  readonly onReply?: (messageId: string) => void;
}

/** The bubbles of a phone, oldest first. It follows new messages while it is scrolled to the end. */
export function Conversation({ messages, act, onReply }: ConversationProps) {
  const texts = useTexts();
  const [drawn, setDrawn] = useState(PAGE_SIZE);
  const timeline = useMemo(() => timelineOf(messages), [messages]);
  const shown = timeline.slice(-drawn);
  const hidden = timeline.length - shown.length;
  const frame = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const lastKey = useRef<string | undefined>(undefined);
  const last = shown.at(-1);
  useLayoutEffect(() => {
    const { current } = frame;
    const isOwnAnswer = last?.kind === 'answer' && last.key !== lastKey.current;
    lastKey.current = last?.key;
    if (current && (follows.current || isOwnAnswer)) current.scrollTop = current.scrollHeight;
  }, [last, messages]);
  const watchEnd = ({ currentTarget }: { currentTarget: HTMLDivElement }): void => {
    follows.current = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < 80;
  };
  return (
    <div
      class="conversation"
      ref={frame}
      onScroll={watchEnd}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={texts.phoneScreen}
    >
      {hidden > 0 && (
        <button type="button" class="earlier" onClick={() => setDrawn(drawn + PAGE_SIZE)}>
          <Icon of={ChevronUp} size={16} />
          {texts.earlier(Math.min(hidden, PAGE_SIZE))}
        </button>
      )}
      <ol class="bubbles">
        {shown.map((entry, place) => (
          <Entry
            key={entry.key}
            entry={entry}
            day={dayOf(entry.at, texts) === dayOf(shown[place - 1]?.at ?? '', texts) ? '' : dayOf(entry.at, texts)}
            {...(act && { act })}
            {...(onReply && { onReply })}
          />
        ))}
      </ol>
    </div>
  );
}

interface EntryProps {
  readonly entry: TimelineEntry;
  /** The day that starts with this bubble, or `''`. */
  readonly day: string;
  readonly act?: Act;
  readonly onReply?: (messageId: string) => void;
}

/** Memoized, because a conversation may have many bubbles. */
function Entry({ entry, day, act, onReply }: EntryProps) {
  const texts = useTexts();
  const subject = entry.kind === 'message' ? entry.message : entry.answer;
  return useMemo(
    () => (
      <li class={`bubble-line bubble-line--${entry.kind}`}>
        {day && <span class="day">{day}</span>}
        {entry.kind === 'message' ? (
          <ReceivedMessage message={entry.message} {...(act && { act })} {...(onReply && { onReply })} />
        ) : (
          <SentAnswer answer={entry.answer} message={entry.message} />
        )}
      </li>
    ),
    [subject, day, texts, act, onReply],
  );
}
