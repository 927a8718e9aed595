import { Injectable } from '@nestjs/common';
import { mapConcurrent } from '../async/map-concurrent.js';
import { isRecord } from '../validation/is-record.js';
import { NOT_RETRIED_CODES } from './engines/bullmq-internals/constants.js';
import { MessageSearch } from './message-search.js';
import { QueueConnection } from './queue-connection.js';
import { QueueEventStream } from './queue-event.stream.js';
import type { QueuedMessage } from './queued-message.interface.js';

const CONCURRENCY = 20;

/** Retries failed messages. */
@Injectable()
export class FailedMessages {
  constructor(
    private readonly connection: QueueConnection,
    private readonly search: MessageSearch,
    private readonly events: QueueEventStream,
  ) {}

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
   * Retries all messages that are failed now, and returns how many. A message that fails to be retried does not stop
   * the others.
   *
   * @throws the first error, after all were tried
   */
  async retryAll(matches?: (message: QueuedMessage) => boolean): Promise<number> {
    const failed = this.search.messages({ states: ['failed'], matches });
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
}

function isPast(deadlineAt: unknown): boolean {
  return typeof deadlineAt === 'number' && deadlineAt <= Date.now();
}

function falseIfNotFailed(error: unknown): false {
  if (isRecord(error) && NOT_RETRIED_CODES.includes(error.code)) return false;
  throw error;
}
