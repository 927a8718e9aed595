import { createPostgresBackend, type PostgresConnectionOptions, type PostgresQueueBackend, Queue } from 'bullmq';
import type { Pool } from 'pg';
import type { SharedStores } from '../../stores/shared-stores.js';
import type { Batching } from '../batcher.js';
import type { QueuedJobEnd } from '../queued-message.interface.js';
import { sweep } from '../stores/index.js';
import { type Acknowledgement, AcknowledgingWorker } from './acknowledging-worker.js';
import { checkBullmqVersion } from './bullmq-internals/check-version.js';
import { OpenQueueEvents } from './bullmq-internals/open-queue-events.js';
import { bullPool, expireLocks, PostgresJobs } from './bullmq-internals/postgres.js';
import { PostgresMessagePages } from './bullmq-internals/postgres-message-pages.js';
import { postgresRefusal } from './postgres-refusal.js';
import { prepareSchemas } from './postgres-schemas.js';
import {
  type EngineEvents,
  type EngineQueue,
  type MessageProcessor,
  type MessageWorker,
  QueueEngine,
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
  stores(schema: string): SharedStores;
  /** What the application should know about the server. */
  warnings: readonly string[];
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
  readonly #database: PostgresConnections;

  private constructor(
    database: PostgresConnections,
    private readonly schema: string,
    batching?: Batching,
  ) {
    const { producer, warnings } = database;
    super(new PostgresJobs(database), new PostgresMessagePages(producer), database.stores(schema), warnings, batching);
    this.#database = database;
  }

  /** Prepares a database. @param schema The schema of the stores' tables. */
  static async open(
    connect: () => Promise<PostgresConnections>,
    schema: string,
    batching?: Batching,
  ): Promise<PostgresEngine> {
    checkBullmqVersion();
    const database = await connect();
    const { producer, consumer, maintenance, singleProcess } = database;
    try {
      await prepareSchemas(maintenance, schema);
      if (singleProcess) await expireLocks(maintenance);
      if (maintenance !== producer) await maintenance.end();
      await connectAtOnce([producer, producer, producer, consumer]);
    } catch (error) {
      await database.close();
      throw database.startError(error);
    }
    return new PostgresEngine(database, schema, batching);
  }

  override queue<Data>(name: string): EngineQueue<Data> {
    const connection = bullPool(this.#database.producer);
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
    const options = { connection: bullPool(this.#database.consumer), ...workerOptions(concurrency) };
    return new AcknowledgingWorker(acknowledgement, name, processor, options, createPostgresBackend);
  }

  override async listen(queue: string): Promise<EngineEvents> {
    const lastEventId = await this.jobs.lastEventId(queue);
    const options = { connection: bullPool(this.#database.consumer), autorun: false, lastEventId };
    const events = new OpenQueueEvents(queue, options, createPostgresBackend);
    events.on('error', () => undefined);
    return events;
  }

  override ping(): Promise<unknown> {
    return this.#database.consumer.query('SELECT 1');
  }

  override rejectionOf(error: unknown): string | undefined {
    return postgresRefusal(error);
  }

  override async sweepStores(): Promise<void> {
    const { producer, singleProcess } = this.#database;
    await sweep(producer, this.schema);
    // A server vacuums by itself.
    if (singleProcess) await producer.query('VACUUM');
  }

  override close(): Promise<void> {
    return this.#database.close();
  }
}

/** Opens as many connections as the queues need, so that a server with too few rejects them at startup. */
async function connectAtOnce(pools: readonly Pool[]): Promise<void> {
  const results = await Promise.allSettled(pools.map((pool) => pool.connect()));
  for (const result of results) if (result.status === 'fulfilled') result.value.release();
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
