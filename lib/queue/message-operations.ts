import { Injectable } from '@nestjs/common';
import { mapConcurrent } from '../async/map-concurrent.js';
import { isRecord } from '../validation/is-record.js';
import { NOT_RETRIED_CODES } from './engines/bullmq-internals/constants.js';
import { HeldMessages } from './held-messages.js';
import { ALL_STATES } from './message-list-options.js';
import { MessageSearch } from './message-search.js';
import { QueueConnection } from './queue-connection.js';
import { QueueEventStream } from './queue-event.stream.js';
import type { QueuedMessage, QueuedMessageState } from './queued-message.interface.js';

const CONCURRENCY = 20;
const BULL_STATES = ['prioritized', 'delayed', 'active', 'completed', 'failed'] as const;

type Counts = Record<QueuedMessageState, number>;

/** Counts, cancels and retries many messages. */
@Injectable()
export class MessageOperations {
  constructor(
    private readonly connection: QueueConnection,
    private readonly held: HeldMessages,
    private readonly search: MessageSearch,
    private readonly events: QueueEventStream,
  ) {}

  /** Returns the engine's number of messages in each state. */
  async counts(): Promise<Counts> {
    const { connection } = this;
    const [counts, { 0: waiting = 0 }, held] = await Promise.all([
      connection.run(() => connection.messages.getJobCounts(...BULL_STATES)),
      // Jobs without a priority. In a paused queue the SQL backends count none of them as `waiting`.
      connection.run(() => connection.messages.getCountsPerPriority([0])),
      this.held.count(),
    ]);
    const { prioritized = 0, delayed = 0, active = 0, completed = 0, failed = 0 } = counts;
    return { waiting: waiting + prioritized, delayed, active, sent: completed, failed, held };
  }

  /** Counts the messages of a group. One that changes its state meanwhile may be counted twice. */
  async countsOf(group: string): Promise<Counts> {
    const counts = { waiting: 0, delayed: 0, active: 0, sent: 0, failed: 0, held: 0 };
    for await (const { state } of this.search.messages({ states: ALL_STATES, matches: isIn(group) })) {
      counts[state] += 1;
    }
    return counts;
  }

  /** Cancels all messages of a group that still wait, and returns how many. */
  async cancel(group: string): Promise<number> {
    let cancelled = 0;
    for (let before = -1; before !== cancelled; ) {
      before = cancelled;
      cancelled += await this.cancelOnce(group);
    }
    return cancelled;
  }

  /** Retries one message. Returns false if it is not failed any more, or its deadline has passed. */
  async retry(id: string): Promise<boolean> {
    const job = await this.connection.run(() => this.connection.messages.getJob(id));
    if (!job || isPast(job.data?.deadlineAt)) return false;
    const options = { resetAttemptsMade: true, resetAttemptsStarted: true };
    // BullMQ checks the state atomically, so of two callers, or a key that is reused, one is first.
    const isRetried = await this.connection.run(() => job.retry('failed', options).then(() => true, falseIfNotFailed));
    if (isRetried) this.events.emit({ kind: 'retried', id });
    return isRetried;
  }

  /**
   * Retries all messages that are failed now, or those of a group, and returns how many. A message that fails to be
   * retried does not stop the others.
   *
   * @throws the first error, after all were tried
   */
  async retryAll(group?: string): Promise<number> {
    const failed = this.search.messages({ states: ['failed'], matches: group === undefined ? undefined : isIn(group) });
    let retried = 0;
    let failure: { error: unknown } | undefined;
    const work = async ({ id }: QueuedMessage) => {
      try {
        return await this.retry(id);
      } catch (error) {
        failure ??= { error };
        return false;
      }
    };
    for await (const isRetried of mapConcurrent(failed, work, { concurrency: CONCURRENCY }))
      if (isRetried) retried += 1;
    if (failure) throw failure.error;
    return retried;
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

function isIn(group: string): (message: QueuedMessage) => boolean {
  return (message) => message.group === group;
}

function isPast(deadlineAt: unknown): boolean {
  return typeof deadlineAt === 'number' && deadlineAt <= Date.now();
}

function falseIfNotFailed(error: unknown): false {
  if (isRecord(error) && NOT_RETRIED_CODES.includes(error.code)) return false;
  throw error;
}
