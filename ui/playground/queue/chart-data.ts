import type { QueueMoment } from '../client/live-state.js';
import { queueStates } from './queue-states.js';

/**
 * Returns the chart's columns: the seconds, then the stacked count of each state, topmost first.
 *
 * @param from Seconds since 1970.
 * @param to Seconds since 1970.
 */
export function chartData(moments: readonly QueueMoment[], from: number, to: number): [number[], ...number[][]] {
  const before = moments.findLast(({ at }) => at / 1_000 <= from);
  const within = moments.filter(({ at }) => at / 1_000 > from);
  const last = moments.at(-1);
  const shown = [
    ...(before ? [{ ...before, at: from * 1_000 }] : []),
    ...within,
    ...(last ? [{ ...last, at: Math.max(to * 1_000, last.at) }] : []),
  ];
  const heights = queueStates.map((_, place) =>
    shown.map(({ counts }) => queueStates.slice(0, place + 1).reduce((sum, state) => sum + counts[state], 0)),
  );
  return [shown.map(({ at }) => at / 1_000), ...heights.reverse()];
}
