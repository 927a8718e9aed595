import { ListPlus, Pause, Play } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../phone/icons/icon.js';
import type { QueueMoment } from '../client/live-state.js';
import type { HeldMessage, PlaygroundClient } from '../client/playground-client.js';
import type { Draft } from '../draft/draft.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { HeldMessages } from './held-messages.js';
import { QueueChart } from './queue-chart.js';
import { QueueCounts } from './queue-counts.js';
import './queue.css';

const many = 50;
const none = { waiting: 0, delayed: 0, active: 0, sent: 0, failed: 0, held: 0 };

export interface QueueViewProps {
  readonly client: PlaygroundClient;
  /** The draft that "Enqueue fifty" sends. */
  readonly draft: Draft;
  readonly moments: readonly QueueMoment[];
  readonly isPaused: boolean;
  /** Runs an action, and shows its error. */
  readonly attempt: (doing: Promise<unknown>) => Promise<void>;
}

/** Shows the queue's counts and their last minute, and controls the queue. */
export function QueueView({ client, draft, moments, isPaused, attempt }: QueueViewProps) {
  const { queue } = usePlaygroundTexts();
  const counts = moments.at(-1)?.counts ?? none;
  const [held, look] = useHeld(client, counts.held);
  const release = (id: string, how: 'resend' | 'discard'): void => {
    void attempt(client.release(id, how)).then(look);
  };
  return (
    <section class="queue-view" aria-label={queue.label}>
      <div class="queue-acts">
        <button
          type="button"
          class="main-button"
          title={queue.manyHint}
          onClick={() => void attempt(client.enqueueMany(draft, many))}
        >
          <Icon of={ListPlus} size={17} />
          {queue.many}
        </button>
        <button
          type="button"
          class="quiet-button"
          onClick={() => void attempt(isPaused ? client.resume() : client.pause())}
        >
          <Icon of={isPaused ? Play : Pause} size={16} />
          {isPaused ? queue.resume : queue.pause}
        </button>
        <span class="queue-paused" role="status">
          {isPaused && queue.paused}
        </span>
      </div>
      <QueueCounts counts={counts} />
      <figure>
        <figcaption>{queue.chart}</figcaption>
        <QueueChart moments={moments} />
      </figure>
      <HeldMessages messages={held} onRelease={release} />
    </section>
  );
}

/** Returns the held messages, and loads them again when their number changes. */
function useHeld(client: PlaygroundClient, count: number): [readonly HeldMessage[], () => void] {
  const [held, setHeld] = useState<readonly HeldMessage[]>([]);
  const look = (): void => {
    client.held().then(setHeld, () => {});
  };
  useEffect(look, [client, count]);
  return [held, look];
}
