import { DelayedError, type IQueueBackend, type Job, type JobProgress, type Span, Worker } from 'bullmq';
import type { QueuedJob, QueuedJobEnd } from '../../queued-message.interface.js';
import { PAUSE_AFTER_FAILURE_MS, pauseUntilClosed } from './pause-until-closed.js';

export type ActiveJob = Job<QueuedJob, QueuedJobEnd, string, JobProgress>;

/** A processed job, and how to end it. */
export interface ProcessedJob {
  job: ActiveJob;
  token: string;
  /** Writes the end of the job as BullMQ does, and fetches the next one. */
  write(): Promise<ActiveJob>;
  /** Leaves the job as it is, and fetches the next one. */
  next(): Promise<ActiveJob>;
  /** Keeps the job's lock, which BullMQ stops renewing after the job was processed. */
  keepLock(): void;
}

/** A BullMQ worker whose subclasses decide how a job ends, without using BullMQ's protected members. */
export abstract class OpenWorker<Backend extends IQueueBackend, Connection> extends Worker<
  QueuedJob,
  QueuedJobEnd,
  string,
  Backend,
  JobProgress,
  Connection
> {
  /** Aborted when the worker closes. */
  protected readonly ending = new AbortController();

  override close(force?: boolean): Promise<void> {
    this.ending.abort();
    return super.close(force);
  }

  /** Stops renewing locks, even if the worker could not close: the timer would keep the process alive. */
  letGo(): Promise<void> {
    return this.lockManager.close();
  }

  protected override checkConnectionError<T>(
    work: () => Promise<T>,
    pauseMs = PAUSE_AFTER_FAILURE_MS,
  ): Promise<T | undefined> {
    return pauseUntilClosed((tried) => super.checkConnectionError(tried, 0), work, pauseMs, this.ending.signal);
  }

  /** Called if the processor returned. @returns The next job. */
  protected abstract onProcessed(processed: ProcessedJob, end: QueuedJobEnd): Promise<ActiveJob>;

  /** Called if the processor threw. @returns The next job. */
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
        // BullMQ does not change a job whose processor has moved it.
        return super.handleFailed(new DelayedError(), job, token, fetchNext);
      },
      keepLock: () => {
        this.lockManager.trackJob(id, token, Date.now());
      },
    };
  }
}
