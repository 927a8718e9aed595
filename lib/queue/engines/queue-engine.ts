import type { Job, Processor, Queue, QueueEvents, QueueEventsListener, Worker } from 'bullmq';
import type { SharedStores } from '../../stores/shared-stores.js';
import { type Batching, createBatcher } from '../batcher.js';
import type { MessageError, QueuedJob, QueuedJobEnd } from '../queued-message.interface.js';
import type { Acknowledgement } from './acknowledging-worker.js';
import { backoffDelay } from './attempt-failed.error.js';
import type { MessagePages } from './message-pages.js';

/** The members of a BullMQ queue that are used, with any backend. */
export type EngineQueue<Data> = Pick<
  Queue<Data, QueuedJobEnd, string, Data, QueuedJobEnd, string>,
  | 'add'
  | 'addBulk'
  | 'clean'
  | 'close'
  | 'getJob'
  | 'getCountsPerPriority'
  | 'getJobCounts'
  | 'getJobs'
  | 'name'
  | 'pause'
  | 'remove'
  | 'resume'
  | 'waitUntilReady'
>;
/** The methods of a BullMQ worker that are used, with any backend. */
export type MessageWorker = Pick<
  Worker<QueuedJob, QueuedJobEnd>,
  'run' | 'close' | 'waitUntilReady' | 'concurrency'
> & {
  /** Stops renewing locks. */
  letGo(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'active' | 'drained', listener: () => void): unknown;
  on(event: 'failed', listener: (job: MessageJob | undefined, error: Error) => void): unknown;
  on(event: 'completed', listener: (job: MessageJob) => void): unknown;
};
/** The methods of BullMQ's queue events that are used. They report events of all processes. */
export type EngineEvents = Pick<QueueEvents, 'run' | 'close' | 'waitUntilReady'> & {
  on<Event extends 'added' | 'completed' | 'failed' | 'progress' | 'waiting'>(
    event: Event,
    listener: QueueEventsListener[Event],
  ): unknown;
};
export type MessageJob = Job<QueuedJob, QueuedJobEnd>;
export type MessageProcessor = Processor<QueuedJob, QueuedJobEnd>;

/** The job's progress from the moment at which its request may start. */
export const REQUEST_STARTED = 'request-left';
/** The job's progress before its request starts. */
export const NOT_STARTED = 0;
/** The job's progress after a failed attempt. */
export interface TriedProgress {
  tried: MessageError;
}

/** A new progress of a job. Only the owner of the job's lock may write it. */
export interface ProgressWrite {
  queue: string;
  jobId: string;
  lockToken: string;
  progress: typeof REQUEST_STARTED | typeof NOT_STARTED | TriedProgress;
}

/** The priorities of the first and the last waiting job. */
export interface OrderRange {
  first: number;
  last: number;
}

export type EndedState = 'completed' | 'failed';

/** Which ended jobs are deleted: at most `most` that ended more than `keepMs` milliseconds ago. */
export interface Forgotten {
  queue: string;
  state: EndedState;
  keepMs: number;
  most: number;
}

/** Operations on the jobs of a queue that BullMQ does not have, or that are not atomic in BullMQ. */
export interface EngineJobs {
  /**
   * Writes the progress of each job whose lock the worker still has. Returns for each whether it was written. It is
   * atomic, so a worker that was paused cannot overwrite the progress of the next one.
   */
  writeProgress(writes: readonly ProgressWrite[]): Promise<boolean[]>;

  /**
   * Removes the marker of a job whose request did not start and whose lock was lost, unless a worker has fetched the
   * job again. Returns whether it was removed.
   *
   * @param attemptsStarted How often workers had fetched it, including this time.
   */
  unmark(queue: string, jobId: string, attemptsStarted: number): Promise<boolean>;

  /**
   * Removes a job if it still waits. Returns whether it was removed. It is atomic, so no worker can have fetched it.
   */
  removeWaiting(queue: string, jobId: string): Promise<boolean>;

  /** Returns the range of priorities of waiting jobs, from 1 to `lowest`, or undefined if none waits. */
  orderRange(queue: string, lowest: number): Promise<OrderRange | undefined>;

  /**
   * Removes a job if it has failed and that call enqueued it. Returns whether it was removed. It is atomic, so a job
   * that another process has added meanwhile stays.
   */
  removeFailed(queue: string, jobId: string, call: string): Promise<boolean>;

  /** Deletes jobs that are still in that state, and returns how many. */
  forget(jobs: Pick<EngineQueue<unknown>, 'clean'>, forgotten: Forgotten): Promise<number>;

  /** Returns the ID of a queue's last event. */
  lastEventId(queue: string): Promise<string>;
}

/** A storage engine, which is open. The rest of the queue is the same for all engines. */
export abstract class QueueEngine {
  /**
   * Number of jobs that are added in one command. Fewer than `least` are faster one by one. More than `most` would
   * delay other commands too long.
   */
  abstract readonly bulk: Readonly<Record<'least' | 'most', number>>;

  /** `EngineJobs.writeProgress` for one job. Concurrent writes are batched. */
  readonly writeProgress: (write: ProgressWrite) => Promise<boolean>;

  /** @param batching How progress writes are batched. */
  constructor(
    readonly jobs: EngineJobs,
    readonly pages: MessagePages,
    /** The stores that processes share. */
    readonly stores: SharedStores,
    /** What the application should know about the setup. */
    readonly warnings: readonly string[],
    batching?: Batching,
  ) {
    this.writeProgress = createBatcher((writes: readonly ProgressWrite[]) => jobs.writeProgress(writes), batching);
  }

  /** Creates a queue to add and read jobs. It fails fast if the engine is unavailable. */
  abstract queue<Data>(name: string): EngineQueue<Data>;

  /** Creates a worker, which does not run yet. It waits if the engine is unavailable. */
  abstract worker(
    name: string,
    processor: MessageProcessor,
    concurrency: number,
    acknowledgement: Acknowledgement,
  ): MessageWorker;

  /** Creates a listener for the events of a queue's jobs in all processes, which does not run yet. */
  abstract listen(queue: string): Promise<EngineEvents>;

  /** Checks the workers' connections. */
  abstract ping(): Promise<unknown>;

  /** Returns why the server rejected a command, without secrets, or undefined if it may have executed it. */
  abstract rejectionOf(error: unknown): string | undefined;

  /** Returns why the server currently rejects connections, or undefined if it does not or if that is unknown. */
  connectionRejection(): string | undefined {
    return undefined;
  }

  /** Deletes expired entries of the stores. */
  abstract sweepStores(): Promise<void>;

  /** Closes all connections. */
  abstract close(): Promise<void>;
}

/** Closing could wait indefinitely for an unavailable engine. */
export const CLOSE_TIMEOUT_MS = 3_000;

/** A dead worker is detected after at most `LOCK_MS` plus `STALLED_CHECK_MS`. */
export const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 2_000;

/** Returns the worker options of all engines. BullMQ itself never fails a job whose worker died. */
export function workerOptions(concurrency: number) {
  return {
    autorun: false,
    concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: 2_147_483_647,
    runRetryDelay: 500,
    settings: {
      backoffStrategy: (attempts: number, _type?: string, error?: Error) => backoffDelay(attempts, error),
    },
  };
}
