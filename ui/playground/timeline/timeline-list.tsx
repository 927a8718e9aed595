import { plainText } from '../../phone/formatting/plain-text.js';
import { useTexts } from '../../phone/language/language.js';
import { timeOf } from '../../phone/phone/day.js';
import type { ShownTimeline } from '../client/live-state.js';
import { messageText } from '../client/message-text.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { stateOf } from './timeline-state.js';

export interface TimelineListProps {
  /** Newest first. */
  readonly timelines: readonly ShownTimeline[];
  readonly shown: string;
  readonly onChoose: (id: string) => void;
}

/** Lists the sent messages to choose from. */
export function TimelineList({ timelines, shown, onChoose }: TimelineListProps) {
  const { timeline: labels } = usePlaygroundTexts();
  const texts = useTexts();
  return (
    <nav class="timeline-list" aria-label={labels.messages}>
      <ul>
        {timelines.map((timeline) => {
          const state = stateOf(timeline);
          return (
            <li key={timeline.id}>
              <button
                type="button"
                aria-current={timeline.id === shown ? 'true' : undefined}
                onClick={() => onChoose(timeline.id)}
              >
                <span class="timeline-text" dir="auto">
                  {plainText(messageText(timeline.message)) || '…'}
                </span>
                <time dateTime={timeline.begun}>{timeOf(timeline.begun, texts)}</time>
                <span class={`timeline-state timeline-state--${state}`}>{labels.states[state]}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
