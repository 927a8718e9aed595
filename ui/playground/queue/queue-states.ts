import type { QueueCounts } from '../../../sample/04-playground/src/timelines/timeline.interface.js';

/** In the order in which they lie upon each other in the chart, the lowest first. */
export const queueStates = [
  'sent',
  'failed',
  'held',
  'active',
  'delayed',
  'waiting',
] as const satisfies (keyof QueueCounts)[];
