import { createPostgresBackend, type PostgresConnectionOptions, type PostgresQueueBackend, Queue } from 'bullmq';
import type { Pool } from 'pg';
import { withTimeout } from '../../async/delay.js';
import type { SharedStores } from '../../stores/shared-stores.js';
import type { Batching } from '../batcher.js';
import { QueueUnavailableError } from '../queue.errors.js';
import type { QueuedJobEnd } from '../queued-message.interface.js';
import { sweep } from '../stores/index.js';
import { type Acknowledgement, AcknowledgingWorker } from './acknowledging-worker.js';
import { bullPool } from './bull-pool.js';
import { checkBullmqVersion } from './bullmq-internals/check-version.js';
import { OpenQueueEvents } from './bullmq-internals/open-queue-events.js';
import {
  expireLocks,
  forget,
  lastEventId,
  orderRange,
  removeFailed,
  removeWaitingJob,
  replaceProgress,
  writeProgress,
} from './bullmq-internals/postgres.js';
import { PostgresMessagePages } from './postgres-message-pages.js';
import { postgresRefusal } from './postgres-refusal.js';
import { prepareSchemas } from './postgres-schemas.js';
import {
  CLOSE_TIMEOUT_MS,
  type EngineEvents,
  type EngineQueue,
  type Forgotten,
  type MessageProcessor,
  type MessageWorker,
  NOT_STARTED,
  type OrderRange,
  type ProgressWrite,
  QueueEngine,
  REQUEST_STARTED,
  workerOptions,
} from './queue-engine.js';

/** The connections to a database. */
export interface PostgresConnections {
  /** Adds and reads jobs. Fails fast. */
  producer: Pool;
  /** Used by workers, each of which also listens on one connection. */
  consumer: Pool;
  /** Creates tables, which may take long. It is ended after that, unless it is one of the others. */
  maintenance: Pool;
  /** Creates the stores, after their tables exist. */
  stores(schema: string): SharedStores & { replies: { close?(): Promise<void> } };
  /** Whether only this process can open it, so that no worker has the jobs that were left active. */
  singleProcess: boolean;
  /** Converts a failure at startup. */
  startError(error: unknown): Error;
  /** Closes all connections, within `CLOSE_TIMEOUT_MS` milliseconds. */
  close(): Promise<void>;
}

/** Runs BullMQ on PostgreSQL, on a server or embedded. */
export class PostgresEngine extends QueueEngine {
  // BullMQ creates and drops a table for each bulk: measured, as slow as 8 single jobs on a server, or 20 embedded.
  override readonly bulk = { least: 10, most: 100 };
  #opened: { database: PostgresConnections; stores: ReturnType<PostgresConnections['stores']> } | undefined;

  constructor(
    private readonly connect: () => Promise<PostgresConnections>,
    /** The schema of the stores' tables. */
    private readonly schema: string,
    batching?: Batching,
  ) {
    super(batching);
  }

  override async open(): Promise<void> {
    checkBullmqVersion();
    const database = await this.connect();
    try {
      await this.prepare(database);
    } catch (error) {
      await database.close();
      throw error;
    }
    this.#opened = { database, stores: database.stores(this.schema) };
  }

  override get stores(): SharedStores {
    return this.use().stores;
  }

  override queue<Data>(name: string): EngineQueue<Data> {
    const connection = bullPool(this.use().database.producer);
    const queue = new Queue<
      Data,
      QueuedJobEnd,
      string,
      Data,
      QueuedJobEnd,
      string,
      PostgresQueueBackend,
      PostgresConnectionOptions
    >(name, { connection }, createPostgresBackend);
    queue.on('error', () => undefined);
    return queue;
  }

  override worker(
    name: string,
    processor: MessageProcessor,
    concurrency: number,
    acknowledgement: Acknowledgement,
  ): MessageWorker {
    const options = { connection: bullPool(this.use().database.consumer), ...workerOptions(concurrency) };
    return new AcknowledgingWorker(acknowledgement, name, processor, options, createPostgresBackend);
  }

  override async listen(queue: string): Promise<EngineEvents> {
    const { consumer } = this.use().database;
    const options = {
      connection: bullPool(consumer),
      autorun: false,
      lastEventId: await lastEventId(consumer, queue),
    };
    const events = new OpenQueueEvents(queue, options, createPostgresBackend);
    events.on('error', () => undefined);
    return events;
  }

  protected override async writeAll(writes: readonly ProgressWrite[]): Promise<boolean[]> {
    return writeProgress(this.use().database.consumer, writes);
  }

  override async removeWaitingJob(queue: string, jobId: string): Promise<boolean> {
    return removeWaitingJob(this.use().database.producer, queue, jobId);
  }

  override async orderRange(queue: string, lowest: number): Promise<OrderRange | undefined> {
    return orderRange(this.use().database.producer, queue, lowest);
  }

  override async unmark(queue: string, jobId: string, attemptsStarted: number): Promise<boolean> {
    const change = { attemptsStarted, from: REQUEST_STARTED, to: NOT_STARTED };
    return replaceProgress(this.use().database.consumer, queue, jobId, change);
  }

  override async removeFailed(queue: string, jobId: string, call: string): Promise<boolean> {
    return removeFailed(this.use().database.producer, queue, jobId, call);
  }

  override async forget(_jobs: unknown, forgotten: Forgotten): Promise<number> {
    return forget(this.use().database.producer, forgotten);
  }

  override pages(name: string): PostgresMessagePages {
    return new PostgresMessagePages(this.use().database.producer, name);
  }

  override ping(): Promise<unknown> {
    return this.use().database.consumer.query('SELECT 1');
  }

  override rejectionOf(error: unknown): string | undefined {
    return postgresRefusal(error);
  }

  override async sweepStores(): Promise<void> {
    const { producer, singleProcess } = this.use().database;
    await sweep(producer, this.schema);
    // A server vacuums by itself.
    if (singleProcess) await producer.query('VACUUM');
  }

  override async close(): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    await withTimeout(CLOSE_TIMEOUT_MS, opened.stores.replies.close?.() ?? Promise.resolve());
    await opened.database.close();
  }

  private async prepare(database: PostgresConnections): Promise<void> {
    const { producer, consumer, maintenance, singleProcess } = database;
    try {
      await prepareSchemas(maintenance, this.schema);
      if (singleProcess) await expireLocks(maintenance);
      if (maintenance !== producer) await maintenance.end();
      await connectAtOnce([producer, producer, producer, consumer]);
    } catch (error) {
      throw database.startError(error);
    }
  }

  private use() {
    if (!this.#opened) throw new QueueUnavailableError('The queue is not open yet', 'not-sent');
    return this.#opened;
  }
}

/** Opens as many connections as the queues need, so that a server with too few rejects them at startup. */
async function connectAtOnce(pools: readonly Pool[]): Promise<void> {
  const results = await Promise.allSettled(pools.map((pool) => pool.connect()));
  for (const result of results) if (result.status === 'fulfilled') result.value.release();
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
