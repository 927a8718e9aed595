import { Injectable } from '@nestjs/common';
import { ALL_STATES } from './message-list-options.js';
import { MessageSearch } from './message-search.js';
import { QueueConnection } from './queue-connection.js';
import type { QueuedMessage, QueuedMessageState } from './queued-message.interface.js';

/** Counts and cancels the messages of a group. */
@Injectable()
export class MessageGroups {
  constructor(
    private readonly connection: QueueConnection,
    private readonly search: MessageSearch,
  ) {}

  /** Returns the number of messages in each state. A message that changes its state meanwhile may be counted twice. */
  async counts(group: string): Promise<Record<QueuedMessageState, number>> {
    const counts = { waiting: 0, delayed: 0, active: 0, sent: 0, failed: 0, held: 0 };
    for await (const { state } of this.search.messages({ states: ALL_STATES, matches: isIn(group) })) {
      counts[state] += 1;
    }
    return counts;
  }

  /** Cancels all that still wait, and returns how many. */
  async cancel(group: string): Promise<number> {
    let cancelled = 0;
    for (let before = -1; before !== cancelled; ) {
      before = cancelled;
      cancelled += await this.cancelOnce(group);
    }
    return cancelled;
  }

  /** Misses messages that move from delayed to waiting meanwhile, which the next call finds. */
  private async cancelOnce(group: string): Promise<number> {
    let cancelled = 0;
    for await (const { id } of this.search.messages({ states: ['waiting', 'delayed'], matches: isIn(group) })) {
      if (await this.connection.removeWaiting(id)) cancelled += 1;
    }
    return cancelled;
  }
}

/** Returns a filter for the messages of a group. */
export function isIn(group: string): (message: QueuedMessage) => boolean {
  return (message) => message.group === group;
}
