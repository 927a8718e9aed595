import { Icon } from '../../phone/icons/icon.js';
import type { ShownTimeline } from '../client/live-state.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { type Step, stepsOf } from './steps.js';

/** Shows what happened to a message, step by step. */
export function TimelineSteps({ timeline }: { timeline: ShownTimeline }) {
  const texts = usePlaygroundTexts();
  const steps = stepsOf(timeline, texts);
  const last = steps.at(-1);
  return (
    <>
      <ol class="steps">
        {steps.map((step) => (
          <TimelineStep key={step.key} step={step} begun={timeline.begun} />
        ))}
      </ol>
      <p class="unseen" role="status">
        {last && `${last.title} ${last.marks.join(', ')}`}
      </p>
    </>
  );
}

function TimelineStep({ step, begun }: { step: Step; begun: string }) {
  const { at, tone, drawing, title, marks, detail } = step;
  return (
    <li class={`step step--${tone}`}>
      <span class="step-picture">
        <Icon of={drawing} size={16} />
      </span>
      <div class="step-text">
        <p class="step-head">
          <strong dir="auto">{title}</strong>
          <time dateTime={at}>{since(begun, at)}</time>
        </p>
        {marks.length > 0 && (
          <p class="step-marks">
            {marks.map((mark) => (
              <span key={mark}>{mark}</span>
            ))}
          </p>
        )}
        {detail && (
          <p class="step-detail">
            <bdi>{detail}</bdi>
          </p>
        )}
      </div>
    </li>
  );
}

/** Formats the time since the start. */
function since(begun: string, at: string): string {
  const milliseconds = Math.max(0, Date.parse(at) - Date.parse(begun));
  if (milliseconds < 1_000) return `+${milliseconds} ms`;
  return milliseconds < 60_000
    ? `+${(milliseconds / 1_000).toFixed(1)} s`
    : `+${Math.round(milliseconds / 60_000)} min`;
}
