import type { Job, Processor, Queue, QueueEvents, QueueEventsListener, Worker } from 'bullmq';
import type { SharedStores } from '../../stores/shared-stores.js';
import { type Batching, createBatcher } from '../batcher.js';
import type { MessageError, QueuedJob, QueuedJobEnd } from '../queued-message.interface.js';
import type { Acknowledgement } from './acknowledging-worker.js';
import { backoffDelay } from './attempt-failed.error.js';
import type { MessagePages } from './message-pages.js';

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
export type MessageWorker = Pick<
  Worker<QueuedJob, QueuedJobEnd>,
  'run' | 'close' | 'waitUntilReady' | 'concurrency'
> & {
  /** Renews no locks any more. */
  letGo(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'active' | 'drained', listener: () => void): unknown;
  on(event: 'failed', listener: (job: MessageJob | undefined, error: Error) => void): unknown;
  on(event: 'completed', listener: (job: MessageJob) => void): unknown;
};
/** What is used of BullMQ's events of a queue, in whatever process they happen. */
export type EngineEvents = Pick<QueueEvents, 'run' | 'close' | 'waitUntilReady'> & {
  on<Event extends 'added' | 'completed' | 'failed' | 'progress' | 'waiting'>(
    event: Event,
    listener: QueueEventsListener[Event],
  ): unknown;
};
export type MessageJob = Job<QueuedJob, QueuedJobEnd>;
export type MessageProcessor = Processor<QueuedJob, QueuedJobEnd>;

/** The job's progress from the moment at which its request may leave. */
export const REQUEST_STARTED = 'request-left';
/** The job's progress before that. */
export const NOT_STARTED = 0;
/** The job's progress once it was tried, and waits because of that. */
export interface TriedProgress {
  tried: MessageError;
}

/** A job's progress, to be written by whoever holds the job's lock. */
export interface ProgressWrite {
  queue: string;
  jobId: string;
  lockToken: string;
  progress: typeof REQUEST_STARTED | typeof NOT_STARTED | TriedProgress;
}

/** The priorities of the first and the last of the jobs that wait. */
export interface OrderRange {
  first: number;
  last: number;
}

export type EndedState = 'completed' | 'failed';

/** Which ended jobs are forgotten: so many of those that ended longer ago. */
export interface Forgotten {
  queue: string;
  state: EndedState;
  keepMs: number;
  most: number;
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
  abstract worker(
    name: string,
    processor: MessageProcessor,
    concurrency: number,
    acknowledgement: Acknowledgement,
  ): MessageWorker;

  /** Hears what happens to a queue's jobs from now on, in all processes. Not running yet. */
  abstract listen(queue: string): Promise<EngineEvents>;

  /**
   * Writes a job's progress if the job's lock is still the worker's own, and says whether it was. Atomic: a worker
   * that has slept too long cannot overwrite what the next one wrote.
   */
  readonly writeProgress: (write: ProgressWrite) => Promise<boolean>;

  /**
   * Takes the mark off a job of which it is known that its request did not leave, though its lock was lost; not if it
   * was taken up again since.
   *
   * @param attemptsStarted How often it had been taken up, this time included.
   */
  abstract unmark(queue: string, jobId: string, attemptsStarted: number): Promise<boolean>;

  /**
   * How many jobs are added in one command: at least as many as are sooner done by it than one by one at the same time,
   * at most as many as may hold up what else is asked of the engine meanwhile.
   */
  abstract readonly bulk: Readonly<Record<'least' | 'most', number>>;

  /** @param batching How the progress of several jobs is written. */
  constructor(batching?: Batching) {
    this.writeProgress = createBatcher((writes: readonly ProgressWrite[]) => this.writeAll(writes), batching);
  }

  /** Does so for several jobs, each of which stands there once. */
  protected abstract writeAll(writes: readonly ProgressWrite[]): Promise<boolean[]>;

  /** Takes a job out if it still waits, and says whether it did: at once, so that no worker can have had it. */
  abstract removeWaitingJob(queue: string, jobId: string): Promise<boolean>;

  /** The priorities of what waits, from 1 to `lowest`; undefined where none of it waits. */
  abstract orderRange(queue: string, lowest: number): Promise<OrderRange | undefined>;

  /**
   * Removes a job if it has failed and was enqueued by that call, and says whether it was: at once, so that nothing goes
   * that another process has put there instead.
   */
  abstract removeFailed(queue: string, jobId: string, call: string): Promise<boolean>;

  /** Forgets jobs that are still in that state at this moment, and says how many. */
  async forget<Data>(jobs: EngineQueue<Data>, { keepMs, most, state }: Forgotten): Promise<number> {
    return (await jobs.clean(keepMs, most, state)).length;
  }

  /** The messages of a queue, as they are listed. @param name The queue's; that of what is held ends in `-held`. */
  abstract pages(name: string): MessagePages;

  /** The stores that processes share by this engine. There once it is open. */
  abstract readonly stores: SharedStores;

  /** Asks for a sign of life on the connections of workers. */
  abstract ping(): Promise<unknown>;

  /** The server's definite refusal in one plain sentence without secrets; undefined where it did not refuse. */
  abstract refusalOf(error: unknown): string | undefined;

  /** Why the server lets nobody in at present, in plain words; undefined where it does, or nobody knows. */
  shutOut(): string | undefined {
    return undefined;
  }

  /** Frees the place of what has expired in the stores. */
  abstract sweepStores(): Promise<void>;

  /** Ends every connection. */
  abstract close(): Promise<void>;
}

/** What is closed may wait for an engine that is away, be it for ever. */
export const CLOSE_TIMEOUT_MS = 3_000;

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
      backoffStrategy: (attempts: number, _type?: string, error?: Error) => backoffDelay(attempts, error),
    },
  };
}
