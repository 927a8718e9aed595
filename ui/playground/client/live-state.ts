import type {
  PendingFault,
  PlaygroundNews,
  QueueCounts,
  Timeline,
} from '../../../sample/04-playground/src/timelines/timeline.interface.js';
import type { AsJson } from './as-json.js';

export type ShownTimeline = AsJson<Timeline>;
export type ShownEntry = ShownTimeline['entries'][number];

/** The queue's counts at one time. */
export interface QueueMoment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly counts: QueueCounts;
}

/** The state that the server has reported. */
export interface LiveState {
  readonly isConnected: boolean;
  /** Newest first. */
  readonly timelines: readonly ShownTimeline[];
  readonly faults: readonly PendingFault[];
  /** Oldest first. The last is current. */
  readonly queue: readonly QueueMoment[];
  readonly isPaused: boolean;
}

const MAX_MOMENTS = 2_000;

export const EMPTY_STATE: LiveState = { isConnected: true, timelines: [], faults: [], queue: [], isPaused: false };

/** Adds an update to the state. */
export function reduceLiveState(known: LiveState, news: AsJson<PlaygroundNews>): LiveState {
  switch (news.kind) {
    case 'faults':
      return { ...known, faults: news.pending };
    case 'queue': {
      const moment = { at: Date.parse(news.at), counts: news.counts };
      return { ...known, isPaused: news.paused, queue: [...known.queue, moment].slice(-MAX_MOMENTS) };
    }
    case 'timeline':
      return { ...known, timelines: withTimeline(known.timelines, news.timeline) };
  }
}

function withTimeline(timelines: readonly ShownTimeline[], changed: ShownTimeline): readonly ShownTimeline[] {
  const isKnown = timelines.some(({ id }) => id === changed.id);
  return isKnown
    ? timelines.map((timeline) => (timeline.id === changed.id ? changed : timeline))
    : [changed, ...timelines];
}
