import type { QueueCounts as Counts } from '../../../sample/04-playground/src/timelines/timeline.interface.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { queueStates } from './queue-states.js';

/** Shows the number of messages by state. */
export function QueueCounts({ counts }: { counts: Counts }) {
  const { queue } = usePlaygroundTexts();
  return (
    <dl class="queue-counts">
      {queueStates.toReversed().map((state) => (
        <div key={state} class={`queue-count queue-count--${state}`} data-state={state}>
          <dt>{queue.states[state]}</dt>
          <dd>{counts[state]}</dd>
        </div>
      ))}
    </dl>
  );
}
