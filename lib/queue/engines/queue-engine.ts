import type { Job, Processor, Queue, QueueEvents, QueueEventsListener, Worker } from 'bullmq';
import type { SharedStores } from '../../delivery/shared-stores.js';
import { type Batching, inBatches } from '../in-batches.js';
import type { QueuedJob, QueuedJobEnd } from '../queued-message.interface.js';
import { waitBeforeNextAttempt } from './attempt-failed.error.js';

/** What is used of a BullMQ queue, whatever its backend. */
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
  | 'pause'
  | 'remove'
  | 'resume'
  | 'waitUntilReady'
>;
/** What is used of a BullMQ worker, whatever its backend. */
export type MessageWorker = Pick<Worker<QueuedJob, QueuedJobEnd>, 'run' | 'close' | 'waitUntilReady'> & {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: MessageJob | undefined, error: Error) => void): unknown;
  on(event: 'completed', listener: (job: MessageJob) => void): unknown;
};
/** What is used of BullMQ's events of a queue, in whatever process they happen. */
export type EngineEvents = Pick<QueueEvents, 'run' | 'close' | 'waitUntilReady'> & {
  on<Event extends 'added' | 'completed' | 'failed' | 'progress'>(
    event: Event,
    listener: QueueEventsListener[Event],
  ): unknown;
};
export type MessageJob = Job<QueuedJob, QueuedJobEnd>;
export type MessageProcessor = Processor<QueuedJob, QueuedJobEnd>;

/** The job's progress from the moment at which its request may leave. */
export const REQUEST_LEFT = 'request-left';
/** The job's progress before that. */
export const NOT_LEFT = 0;

/** A job's progress, to be written by whoever holds the job's lock. */
export interface ProgressWrite {
  queue: string;
  jobId: string;
  lockToken: string;
  progress: typeof REQUEST_LEFT | typeof NOT_LEFT;
}

/**
 * What the queue needs of where it is kept. Above it there is one way of doing things.
 */
export abstract class QueueEngine {
  /** Connects and prepares. @throws QueueUnavailableError. */
  abstract open(): Promise<void>;

  /** A queue to add to, and to look into; it fails fast when the engine is down. */
  abstract queue<Data>(name: string): EngineQueue<Data>;

  /** Takes messages up; it waits for the engine when that is down. Not running yet. */
  abstract worker(name: string, processor: MessageProcessor, concurrency: number): MessageWorker;

  /** Hears what happens to a queue's jobs from now on, in all processes. Not running yet. */
  abstract listen(queue: string): Promise<EngineEvents>;

  /**
   * Writes a job's progress if the job's lock is still the worker's own, and says whether it was. Atomic: a worker
   * that has slept too long cannot overwrite what the next one wrote.
   */
  readonly writeProgress: (write: ProgressWrite) => Promise<boolean>;

  /**
   * How many jobs are added in one command: at least as many as are sooner done by it than one by one at the same time,
   * at most as many as may hold up what else is asked of the engine meanwhile.
   */
  abstract readonly bulk: Readonly<Record<'least' | 'most', number>>;

  /** @param batching How the progress of several jobs is written. */
  constructor(batching?: Batching) {
    this.writeProgress = inBatches((writes: readonly ProgressWrite[]) => this.writeAll(writes), batching);
  }

  /** Does so for several jobs, each of which stands there once. */
  protected abstract writeAll(writes: readonly ProgressWrite[]): Promise<boolean[]>;

  /** Takes a job out if it still waits, and says whether it did: at once, so that no worker can have had it. */
  abstract takeBack(queue: string, jobId: string): Promise<boolean>;

  /** The stores that processes share by this engine. There once it is open. */
  abstract readonly stores: SharedStores;

  /** Frees the place of what has expired in the stores. */
  abstract sweepStores(): Promise<void>;

  /** Ends every connection. */
  abstract close(): Promise<void>;
}

/** What is closed may wait for an engine that is away, be it for ever. */
export const CLOSE_WITHIN_MS = 3_000;

// A worker that dies is noticed after at most both together.
export const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 2_000;

/** The options that all engines' workers share. A job whose worker died is never failed by BullMQ itself. */
export function workerOptions(concurrency: number) {
  return {
    autorun: false,
    concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: 2_147_483_647,
    runRetryDelay: 500,
    settings: {
      backoffStrategy: (attempts: number, _type?: string, error?: Error) => waitBeforeNextAttempt(attempts, error),
    },
  };
}
