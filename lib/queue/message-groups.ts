import { ALL_STATES } from './message-list-options.js';
import type { MessageSearch } from './message-search.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueuedMessage, QueuedMessageState } from './queued-message.interface.js';

/** What is done for all messages of a group. */
export class MessageGroups {
  constructor(
    private readonly connection: QueueConnection,
    private readonly search: MessageSearch,
    private readonly name: string,
  ) {}

  /** How many there are of each state; what moves meanwhile may be counted twice. */
  async counts(group: string): Promise<Record<QueuedMessageState, number>> {
    const counts = { waiting: 0, delayed: 0, active: 0, sent: 0, failed: 0, held: 0 };
    for await (const { state } of this.search.messages({ states: ALL_STATES, matches: isIn(group) })) {
      counts[state] += 1;
    }
    return counts;
  }

  /** Takes back those that still wait, and says how many those were. */
  async cancel(group: string): Promise<number> {
    let cancelled = 0;
    for (let before = -1; before !== cancelled; ) {
      before = cancelled;
      cancelled += await this.cancelOnce(group);
    }
    return cancelled;
  }

  // Whose time comes meanwhile is passed over where it was, and found the next time where it is.
  private async cancelOnce(group: string): Promise<number> {
    const { engine } = this.connection;
    let cancelled = 0;
    for await (const { id } of this.search.messages({ states: ['waiting', 'delayed'], matches: isIn(group) })) {
      if (await this.connection.run(() => engine.removeWaitingJob(this.name, id))) cancelled += 1;
    }
    return cancelled;
  }
}

/** Whether a message belongs to a group. */
export function isIn(group: string): (message: QueuedMessage) => boolean {
  return (message) => message.group === group;
}
