import { type BackendFactory, DelayedError, type IQueueBackend, UnrecoverableError, type WorkerOptions } from 'bullmq';
import type { SentMessage } from '../../message/sent-message.interface.js';
import type { QueuedJobEnd } from '../queued-message.interface.js';
import { AttemptFailedError } from './attempt-failed.error.js';
import { type ActiveJob, OpenWorker, type ProcessedJob } from './bullmq-internals/open-worker.js';
import { PostponedError } from './postponed.error.js';
import type { MessageJob, MessageProcessor } from './queue-engine.js';
import { isLostJob, type Repetition, retryUntilWritten } from './retry-until-written.js';

/** What a worker needs in order to write down what became of its messages. */
export interface Acknowledgement extends Repetition {
  /** A job as it stands now. */
  find(id: string): Promise<MessageJob | undefined>;
  /** Writes down that a message was sent whose job its worker has lost. @param closing The worker takes up no more. */
  settle(job: MessageJob, sent: SentMessage, closing: AbortSignal): Promise<void>;
}

const RECOVERY_DELAY_MS = 1_000;
const MAX_RECOVERY_DELAY_MS = 30_000;

/**
 * BullMQ's worker, except that nothing that goes wrong with the engine becomes a message's failure: BullMQ would fail a
 * message that was sent if "completed" could not be written. What is known is written again until it is written, and
 * the job's lock is kept meanwhile.
 */
export class AcknowledgingWorker<Backend extends IQueueBackend, Connection> extends OpenWorker<Backend, Connection> {
  /** What is still being written of jobs that were lost. */
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
    return this.postpone(processed, error);
  }

  /** Writes how a job ended. @param onLost If the worker has lost the job: another has it, or the job has ended. */
  private async finish(processed: ProcessedJob, onLost: () => Promise<void>): Promise<ActiveJob> {
    try {
      // Nearly always it is written at once.
      const written = await processed.write().catch((error: unknown) => this.writeAgain(error, processed));
      if (written) return written;
    } catch {
      this.recover(onLost());
    }
    return processed.next();
  }

  /** @throws what `isLostJob` is true of. */
  private async writeAgain(error: unknown, processed: ProcessedJob): Promise<ActiveJob | undefined> {
    if (isLostJob(error)) throw error;
    this.acknowledgement.onError(error);
    return (await this.keepingLock(processed, () => processed.write()))?.value;
  }

  private recover(work: Promise<void>): void {
    const recovery = work.finally(() => this.recoveries.delete(recovery));
    this.recoveries.add(recovery);
  }

  /** The message is taken up again: that it is not sent now is no failure of its own. */
  private async postpone(processed: ProcessedJob, error: Error): Promise<ActiveJob> {
    const { job, token } = processed;
    const isPostponed = error instanceof PostponedError;
    if (!isPostponed) this.acknowledgement.onError(error);
    const until = isPostponed ? error.until : Date.now() + recoveryDelay(job.attemptsStarted);
    const put = () => job.moveToDelayed(until, token);
    // Whoever has the job instead takes care of it.
    await this.keepingLock(processed, put).catch(() => undefined);
    return processed.next();
  }

  private keepingLock<T>(processed: ProcessedJob, write: () => Promise<T>) {
    // BullMQ lets go of it again when the job is over.
    processed.keepLock();
    return retryUntilWritten(write, this.acknowledgement);
  }

  private async recoverSent(job: ActiveJob, end: QueuedJobEnd & { sent: SentMessage }): Promise<void> {
    const { find, settle } = this.acknowledgement;
    await retryUntilWritten(async () => {
      const found = await find(job.id ?? '');
      if (found?.returnvalue && isEndOf(job, found)) this.emit('completed', job, end, 'active');
      else await settle(job, end.sent, this.ending.signal);
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
 * Whether it was this run of a job that ended it: the write was done, and its answer was lost. Redis's client sends a
 * command again after a lost connection, so the first that is heard may be that the job is no longer active.
 */
function isEndOf(job: ActiveJob, found: MessageJob): found is MessageJob & { finishedOn: number } {
  return found.finishedOn !== undefined && found.attemptsStarted === job.attemptsStarted;
}

/** Longer each time: what goes wrong again and again may be the job. */
function recoveryDelay(attemptsStarted: number): number {
  return Math.min(RECOVERY_DELAY_MS * Math.max(1, attemptsStarted), MAX_RECOVERY_DELAY_MS);
}
