import { DelayedError, type IQueueBackend, type Job, type JobProgress, type Span, Worker } from 'bullmq';
import type { QueuedJob, QueuedJobEnd } from '../../queued-message.interface.js';
import { PAUSE_AFTER_FAILURE_MS, pauseUntilClosed } from './pause-until-closed.js';

export type ActiveJob = Job<QueuedJob, QueuedJobEnd, string, JobProgress>;

/** A job that was processed, and what may become of it. */
export interface ProcessedJob {
  job: ActiveJob;
  token: string;
  /** Writes the end of the job as BullMQ does, and takes up the next one. */
  write(): Promise<ActiveJob>;
  /** Leaves the job as it is, and takes up the next one. */
  next(): Promise<ActiveJob>;
  /** Keeps the job's lock: BullMQ lets go of it when the job was processed, and again when the job is over. */
  keepLock(): void;
}

/** BullMQ's worker. Its subclasses decide how a job ends, and need to know none of its protected members. */
export abstract class OpenWorker<Backend extends IQueueBackend, Connection> extends Worker<
  QueuedJob,
  QueuedJobEnd,
  string,
  Backend,
  JobProgress,
  Connection
> {
  /** Aborted when it is closed. */
  protected readonly ending = new AbortController();

  override close(force?: boolean): Promise<void> {
    this.ending.abort();
    return super.close(force);
  }

  /** Renews no locks any more, whether or not it could close: its timer would keep the process alive. */
  letGo(): Promise<void> {
    return this.lockManager.close();
  }

  protected override checkConnectionError<T>(
    work: () => Promise<T>,
    pauseMs = PAUSE_AFTER_FAILURE_MS,
  ): Promise<T | undefined> {
    return pauseUntilClosed((tried) => super.checkConnectionError(tried, 0), work, pauseMs, this.ending.signal);
  }

  /** A job went well. @returns The next job. */
  protected abstract onProcessed(processed: ProcessedJob, end: QueuedJobEnd): Promise<ActiveJob>;

  /** Processing a job threw. @returns The next job. */
  protected abstract onThrown(processed: ProcessedJob, error: Error): Promise<ActiveJob>;

  protected override handleCompleted(
    end: QueuedJobEnd,
    job: ActiveJob,
    token: string,
    fetchNext?: () => boolean,
    span?: Span,
  ): Promise<ActiveJob> {
    const write = () => super.handleCompleted(end, job, token, fetchNext, span);
    return this.onProcessed(this.processed(job, token, fetchNext, write), end);
  }

  protected override handleFailed(
    error: Error,
    job: ActiveJob,
    token: string,
    fetchNext?: () => boolean,
    span?: Span,
  ): Promise<ActiveJob> {
    const write = () => super.handleFailed(error, job, token, fetchNext, span);
    return this.onThrown(this.processed(job, token, fetchNext, write), error);
  }

  private processed(
    job: ActiveJob,
    token: string,
    fetchNext: (() => boolean) | undefined,
    write: () => Promise<ActiveJob>,
  ): ProcessedJob {
    const id = job.id ?? '';
    return {
      job,
      token,
      write,
      next: () => {
        this.lockManager.untrackJob(id);
        // A job whose processor has moved it elsewhere is left alone.
        return super.handleFailed(new DelayedError(), job, token, fetchNext);
      },
      keepLock: () => {
        this.lockManager.trackJob(id, token, Date.now());
      },
    };
  }
}
