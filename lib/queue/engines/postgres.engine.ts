import {
  createPostgresBackend,
  DEFAULT_SCHEMA,
  isPgPool,
  type JobProgress,
  type PgPool,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  Queue,
  QueueEvents,
  quoteSchemaName,
  runMigrations,
  Worker,
} from 'bullmq';
import type { Pool } from 'pg';
import type { SharedStores } from '../../delivery/shared-stores.js';
import { compoundKey } from '../../message/compound-key.js';
import { within } from '../../time/wait.js';
import { isRecord } from '../../validation/is-record.js';
import type { Batching } from '../in-batches.js';
import { QueueUnavailableError } from '../queue.errors.js';
import type { QueuedJob, QueuedJobEnd } from '../queued-message.interface.js';
import { migrate, sweep } from '../stores/index.js';
import {
  CLOSE_WITHIN_MS,
  type EngineEvents,
  type EngineQueue,
  type MessageProcessor,
  type MessageWorker,
  type ProgressWrite,
  QueueEngine,
  workerOptions,
} from './queue-engine.js';

const SCHEMA = quoteSchemaName(DEFAULT_SCHEMA);

const WRITE_PROGRESS = `
UPDATE ${SCHEMA}.job SET progress = $4::jsonb WHERE queue = $1 AND id = $2 AND ${isLockedBy('$3')}
RETURNING queue, id`;

const WRITE_SEVERAL = `
UPDATE ${SCHEMA}.job SET progress = given.progress::jsonb
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS given (queue, id, token, progress)
 WHERE job.queue = given.queue AND job.id = given.id AND ${isLockedBy('given.token')}
RETURNING job.queue, job.id`;

const TAKE_BACK = `DELETE FROM ${SCHEMA}.job WHERE queue = $1 AND id = $2 AND state IN ('waiting', 'delayed')`;

const LAST_EVENT = `SELECT coalesce(max(id), 0)::text AS id FROM ${SCHEMA}.event WHERE queue = $1`;

const EXPIRE_LOCKS = `UPDATE ${SCHEMA}.job SET locked_until_ms = 0, stalled_marked = true WHERE state = 'active'`;

/** A database, and how it is ended. */
export interface Database {
  /** For adding and looking: it fails fast. */
  producer: Pool;
  /** For workers, with a connection for each to listen on. */
  consumer: Pool;
  /** The stores in it, once their tables are there. */
  stores(schema: string): SharedStores & { replies: { close?(): Promise<void> } };
  /** Whether this process alone can have it open, so that nobody works on what was left active. */
  exclusive: boolean;
  /** Ends it, within `CLOSE_WITHIN_MS`. */
  close(): Promise<void>;
}

/** BullMQ on PostgreSQL, whether that is a server or embedded. */
export class PostgresEngine extends QueueEngine {
  // BullMQ makes tables for them and drops them again: measured, it takes as long as 8 lone ones here, or 20 embedded.
  override readonly bulk = { least: 10, most: 100 };
  private opened: { database: Database; stores: ReturnType<Database['stores']> } | undefined;

  constructor(
    private readonly connect: () => Promise<Database>,
    /** Of the stores' tables. */
    private readonly schema: string,
    batching?: Batching,
  ) {
    super(batching);
  }

  override async open(): Promise<void> {
    const database = await this.connect();
    try {
      await this.prepare(database);
    } catch (error) {
      await database.close();
      throw error;
    }
    this.opened = { database, stores: database.stores(this.schema) };
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

  override worker(name: string, processor: MessageProcessor, concurrency: number): MessageWorker {
    const connection = bullPool(this.use().database.consumer);
    return new Worker<QueuedJob, QueuedJobEnd, string, PostgresQueueBackend, JobProgress, PostgresConnectionOptions>(
      name,
      processor,
      { connection, ...workerOptions(concurrency) },
      createPostgresBackend,
    );
  }

  override async listen(queue: string): Promise<EngineEvents> {
    const { consumer } = this.use().database;
    const [last] = (await consumer.query(LAST_EVENT, [queue])).rows.filter(isRecord);
    const connection = bullPool(consumer);
    const lastEventId = String(last?.id ?? 0);
    const events = new QueueEvents(queue, { connection, autorun: false, lastEventId }, createPostgresBackend);
    events.on('error', () => undefined);
    return events;
  }

  protected override async writeAll(writes: readonly ProgressWrite[]): Promise<boolean[]> {
    const { rows } = await this.use().database.consumer.query(...progressUpdate(writes));
    const written = new Set(rows.filter(isRecord).map(({ queue, id }) => compoundKey(String(queue), String(id))));
    return writes.map(({ queue, jobId }) => written.has(compoundKey(queue, jobId)));
  }

  override async takeBack(queue: string, jobId: string): Promise<boolean> {
    return (await this.use().database.producer.query(TAKE_BACK, [queue, jobId])).rowCount === 1;
  }

  override async sweepStores(): Promise<void> {
    const { producer, exclusive } = this.use().database;
    await sweep(producer, this.schema);
    // A server does so by itself.
    if (exclusive) await producer.query('VACUUM');
  }

  override async close(): Promise<void> {
    const { opened } = this;
    if (!opened) return;
    await within(CLOSE_WITHIN_MS, opened.stores.replies.close?.() ?? Promise.resolve());
    await opened.database.close();
  }

  private async prepare({ producer, exclusive }: Database): Promise<void> {
    const client = await bullPool(producer)
      .connect()
      .catch(() => {
        throw new QueueUnavailableError('PostgreSQL cannot be reached', 'not-sent');
      });
    try {
      await runMigrations(client);
      if (exclusive) await client.query(EXPIRE_LOCKS);
    } finally {
      client.release();
    }
    await migrate(producer, this.schema);
  }

  private use() {
    if (!this.opened) throw new QueueUnavailableError('The queue is not open yet', 'not-sent');
    return this.opened;
  }
}

/** Whether a job is still the worker's whose token this is. @param token A parameter or a column. */
function isLockedBy(token: string): string {
  // Not `state = 'active'`: that would lead to the index of what is active, with all that was active lately.
  return `state::text = 'active' AND lock_token = ${token}
   AND locked_until_ms > (extract(epoch FROM clock_timestamp()) * 1000)::bigint`;
}

/** One alone needs no plan of its own each time. */
function progressUpdate(writes: readonly ProgressWrite[]): [statement: string, values: unknown[]] {
  const columns = [
    writes.map(({ queue }) => queue),
    writes.map(({ jobId }) => jobId),
    writes.map(({ lockToken }) => lockToken),
    writes.map(({ progress }) => JSON.stringify(progress)),
  ];
  return writes.length === 1 ? [WRITE_PROGRESS, columns.flat()] : [WRITE_SEVERAL, columns];
}

/** The pool in BullMQ's own type. */
function bullPool(pool: unknown): PgPool {
  if (!isPgPool(pool)) throw new TypeError('BullMQ does not take this for a pool of node-postgres');
  return pool;
}
