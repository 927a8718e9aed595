import { type BackendFactory, DelayedError, type IQueueBackend, UnrecoverableError, type WorkerOptions } from 'bullmq';
import type { SentMessage } from '../../message/sent-message.interface.js';
import type { QueuedJobEnd } from '../queued-message.interface.js';
import { AttemptFailedError } from './attempt-failed.error.js';
import { type ActiveJob, OpenWorker, type ProcessedJob } from './bullmq-internals/open-worker.js';
import type { MessageJob, MessageProcessor } from './queue-engine.js';
import { isLostJob, type Repetition, retryUntilWritten } from './retry-until-written.js';

/** What a worker needs to record the outcome of its messages. */
export interface Acknowledgement extends Repetition {
  /** Reads a job's current state. */
  find(id: string): Promise<MessageJob | undefined>;
  /** Records that a message was sent whose job its worker has lost. @param closing Aborted when the worker closes. */
  resolve(job: MessageJob, sent: SentMessage, closing: AbortSignal): Promise<void>;
}

/** The message is not sent now. Its job is delayed. */
export class PostponedError extends DelayedError {
  /** @param until When it may be fetched again, in milliseconds since 1970. */
  constructor(readonly until: number) {
    super('The message is delayed');
  }
}

const RECOVERY_DELAY_MS = 1_000;
const MAX_RECOVERY_DELAY_MS = 30_000;

/**
 * A BullMQ worker for which errors of the engine are not failures of a message. BullMQ would fail a message that was
 * sent if it could not write `completed`. This worker repeats the write, and keeps the job's lock meanwhile.
 */
export class AcknowledgingWorker<Backend extends IQueueBackend, Connection> extends OpenWorker<Backend, Connection> {
  /** Writes in progress for lost jobs. */
  private readonly recoveries = new Set<Promise<void>>();

  constructor(
    private readonly acknowledgement: Acknowledgement,
    name: string,
    processor: MessageProcessor,
    options: WorkerOptions<Connection>,
    backend: BackendFactory<Backend, Connection>,
  ) {
    super(name, processor, options, backend);
  }

  override async close(force?: boolean): Promise<void> {
    await super.close(force);
    await Promise.all(this.recoveries);
  }

  protected override onProcessed(processed: ProcessedJob, end: QueuedJobEnd): Promise<ActiveJob> {
    const onLost = async () => {
      if ('sent' in end) await this.recoverSent(processed.job, end);
    };
    return this.finish(processed, onLost);
  }

  protected override async onThrown(processed: ProcessedJob, error: Error): Promise<ActiveJob> {
    if (error instanceof AttemptFailedError || error instanceof UnrecoverableError) {
      return this.finish(processed, () => this.recoverFailed(processed.job, error));
    }
    if (error instanceof DelayedError && !(error instanceof PostponedError)) return processed.write();
    return this.delayJob(processed, error);
  }

  /** Writes the end of a job. @param onLost Called if the worker has lost the job: another has it, or it has ended. */
  private async finish(processed: ProcessedJob, onLost: () => Promise<void>): Promise<ActiveJob> {
    try {
      // The first write nearly always succeeds.
      const written = await processed.write().catch((error: unknown) => this.writeAgain(error, processed));
      if (written) return written;
    } catch {
      this.recover(onLost());
    }
    return processed.next();
  }

  /** @throws errors for which `isLostJob` returns true */
  private async writeAgain(error: unknown, processed: ProcessedJob): Promise<ActiveJob | undefined> {
    if (isLostJob(error)) throw error;
    this.acknowledgement.onError(error);
    return (await this.keepingLock(processed, () => processed.write()))?.value;
  }

  private recover(work: Promise<void>): void {
    const recovery = work.finally(() => this.recoveries.delete(recovery));
    this.recoveries.add(recovery);
  }

  /** Delays the job. Not being sent now is not a failure of the message. */
  private async delayJob(processed: ProcessedJob, error: Error): Promise<ActiveJob> {
    const { job, token } = processed;
    const isPostponed = error instanceof PostponedError;
    if (!isPostponed) this.acknowledgement.onError(error);
    const until = isPostponed ? error.until : Date.now() + recoveryDelay(job.attemptsStarted);
    const move = () => job.moveToDelayed(until, token);
    // If another worker has the job, that worker handles it.
    await this.keepingLock(processed, move).catch(() => undefined);
    return processed.next();
  }

  private keepingLock<T>(processed: ProcessedJob, write: () => Promise<T>) {
    // BullMQ stops tracking it when the job ends.
    processed.keepLock();
    return retryUntilWritten(write, this.acknowledgement);
  }

  private async recoverSent(job: ActiveJob, end: QueuedJobEnd & { sent: SentMessage }): Promise<void> {
    const { find, resolve } = this.acknowledgement;
    await retryUntilWritten(async () => {
      const found = await find(job.id ?? '');
      if (found?.returnvalue && isEndOf(job, found)) this.emit('completed', job, end, 'active');
      else await resolve(job, end.sent, this.ending.signal);
    }, this.acknowledgement);
  }

  private async recoverFailed(job: ActiveJob, error: Error): Promise<void> {
    const found = (await retryUntilWritten(() => this.acknowledgement.find(job.id ?? ''), this.acknowledgement))?.value;
    if (found?.failedReason !== error.message || !isEndOf(job, found)) return;
    job.finishedOn = found.finishedOn;
    this.emit('failed', job, error, 'active');
  }
}

/**
 * Returns whether this run ended the job: the write succeeded, and its response was lost. The Redis client repeats a
 * command after a lost connection, so the first response may be that the job is not active.
 */
function isEndOf(job: ActiveJob, found: MessageJob): found is MessageJob & { finishedOn: number } {
  return found.finishedOn !== undefined && found.attemptsStarted === job.attemptsStarted;
}

/** Increases with each attempt, because the job itself may cause the error. */
function recoveryDelay(attemptsStarted: number): number {
  return Math.min(RECOVERY_DELAY_MS * Math.max(1, attemptsStarted), MAX_RECOVERY_DELAY_MS);
}
