import type { QueueCounts } from '../../../sample/04-playground/src/timelines/timeline.interface.js';

/** In the order of the chart's areas, from bottom to top. */
export const queueStates = [
  'sent',
  'failed',
  'held',
  'active',
  'delayed',
  'waiting',
] as const satisfies (keyof QueueCounts)[];
