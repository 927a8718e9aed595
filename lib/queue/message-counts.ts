import type { HeldMessages } from './held-messages.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueuedMessageState } from './queued-message.interface.js';

const STATES = ['prioritized', 'delayed', 'active', 'completed', 'failed'] as const;

/** Returns the engine's number of messages in each state. */
export async function countsOf(
  connection: QueueConnection,
  held: HeldMessages,
): Promise<Record<QueuedMessageState, number>> {
  const [counts, { 0: waiting = 0 }, heldCount] = await Promise.all([
    connection.run(() => connection.messages.getJobCounts(...STATES)),
    // Jobs without a priority. In a paused queue the SQL backends count none of them as `waiting`.
    connection.run(() => connection.messages.getCountsPerPriority([0])),
    held.count(),
  ]);
  const { prioritized = 0, delayed = 0, active = 0, completed = 0, failed = 0 } = counts;
  return { waiting: waiting + prioritized, delayed, active, sent: completed, failed, held: heldCount };
}
