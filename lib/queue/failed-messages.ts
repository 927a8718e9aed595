import { mapConcurrent } from '../async/map-concurrent.js';
import { isRecord } from '../validation/is-record.js';
import { NOT_RETRIED_CODES } from './engines/bullmq-internals/constants.js';
import type { MessageSearch } from './message-search.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueueEventStream } from './queue-event.stream.js';
import type { QueuedMessage } from './queued-message.interface.js';

const DEFAULT_CONCURRENCY = 20;

/** Sends failed messages again. */
export class FailedMessages {
  constructor(
    private readonly connection: QueueConnection,
    private readonly search: MessageSearch,
    private readonly events: QueueEventStream,
  ) {}

  /** Sends one again; false where it is not failed any more, or its deadline has passed. */
  async retry(id: string): Promise<boolean> {
    const job = await this.connection.run(() => this.connection.messages.getJob(id));
    // Its caller did not want it to go out later than that.
    if (!job || isPast(job.data?.deadlineAt)) return false;
    const anew = { resetAttemptsMade: true, resetAttemptsStarted: true };
    // One step that looks whether it is failed: of two callers, and of a key that is given again, one is first.
    const isRetried = await this.connection.run(() => job.retry('failed', anew).then(() => true, falseWhereGone));
    if (isRetried) this.events.emit({ kind: 'retried', id });
    return isRetried;
  }

  /**
   * Sends all again that are failed now, and says how many those were. One that cannot be asked for keeps back no other.
   *
   * @throws the first error, once all were tried.
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
    for await (const done of mapConcurrent(failed, work, { concurrency: DEFAULT_CONCURRENCY })) if (done) retried += 1;
    if (failure) throw failure.error;
    return retried;
  }
}

function isPast(deadlineAt: unknown): boolean {
  return typeof deadlineAt === 'number' && deadlineAt <= Date.now();
}

function falseWhereGone(error: unknown): false {
  if (isRecord(error) && NOT_RETRIED_CODES.includes(error.code)) return false;
  throw error;
}
