import type { HeldMessages } from './held-messages.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueuedMessageState } from './queued-message.interface.js';

const STATES = ['prioritized', 'delayed', 'active', 'completed', 'failed'] as const;

/** How many messages there are of each state, as the engine counts them. */
export async function countsOf(
  connection: QueueConnection,
  held: HeldMessages,
): Promise<Record<QueuedMessageState, number>> {
  const [counts, { 0: waiting = 0 }, heldCount] = await Promise.all([
    connection.run(() => connection.messages.getJobCounts(...STATES)),
    // Those without a priority, also in a paused queue, where the SQL backends count nothing as `waiting`.
    connection.run(() => connection.messages.getCountsPerPriority([0])),
    held.count(),
  ]);
  const { prioritized = 0, delayed = 0, active = 0, completed = 0, failed = 0 } = counts;
  return { waiting: waiting + prioritized, delayed, active, sent: completed, failed, held: heldCount };
}
