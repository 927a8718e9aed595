import { DEFAULT_SCHEMA, isPgPool, type PgPool, quoteSchemaName } from 'bullmq';
import type { Pool } from 'pg';
import { compositeKey } from '../../../message/composite-key.js';
import { isRecord } from '../../../validation/is-record.js';
import {
  type EngineJobs,
  type Forgotten,
  NOT_STARTED,
  type OrderRange,
  type ProgressWrite,
  REQUEST_STARTED,
} from '../queue-engine.js';

/** Executes statements. */
export type Database = Pick<Pool, 'query'>;

/** BullMQ's schema, quoted. */
export const SCHEMA = quoteSchemaName(DEFAULT_SCHEMA);

/** Converts a pool to BullMQ's type. */
export function bullPool(pool: unknown): PgPool {
  if (!isPgPool(pool)) throw new TypeError('BullMQ requires a pool of node-postgres');
  return pool;
}

// In: queue, job's ID, lock's token, progress, now. Out: queue and ID if it was written.
const WRITE_PROGRESS = `
UPDATE ${SCHEMA}.job SET progress = $4::jsonb WHERE queue = $1 AND id = $2 AND ${isLockedBy('$3', '$5')}
RETURNING queue, id`;

// In: the same as arrays, and now. Out: queue and ID of each that was written.
const WRITE_SEVERAL = `
UPDATE ${SCHEMA}.job SET progress = given.progress::jsonb
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS given (queue, id, token, progress)
 WHERE job.queue = given.queue AND job.id = given.id AND ${isLockedBy('given.token', '$5')}
RETURNING job.queue, job.id`;

// In: queue, job's ID. Out: number of deleted rows.
const REMOVE_WAITING = `DELETE FROM ${SCHEMA}.job WHERE queue = $1 AND id = $2 AND state IN ('waiting', 'delayed')`;

// In: queue, lowest priority. Out: first and last waiting priority, or null.
const ORDER_RANGE = `
SELECT (SELECT priority FROM ${SCHEMA}.job WHERE queue = $1 AND state = 'waiting' AND priority BETWEEN 1 AND $2
         ORDER BY priority LIMIT 1) AS first,
       (SELECT priority FROM ${SCHEMA}.job WHERE queue = $1 AND state = 'waiting' AND priority BETWEEN 1 AND $2
         ORDER BY priority DESC LIMIT 1) AS last`;

// In: queue, job's ID, how often it was fetched, its progress, the new one. Out: number of updated rows.
const REPLACE_PROGRESS = `
UPDATE ${SCHEMA}.job SET progress = $5::jsonb
 WHERE queue = $1 AND id = $2 AND attempts_started = $3 AND progress = $4::jsonb`;

// In: queue, job's ID, the call that enqueued it. Out: number of deleted rows.
const REMOVE_FAILED = `
DELETE FROM ${SCHEMA}.job WHERE queue = $1 AND id = $2 AND state = 'failed' AND data->'once'->>'call' = $3`;

// BullMQ's own `clean` selects jobs first and deletes them later, even if they were retried meanwhile.
// In: queue, state, latest end, limit. Out: number of deleted rows.
const FORGET = `
DELETE FROM ${SCHEMA}.job WHERE queue = $1 AND state = $2::${SCHEMA}.job_state AND finished_at_ms <= $3
   AND id IN (SELECT id FROM ${SCHEMA}.job WHERE queue = $1 AND state = $2::${SCHEMA}.job_state
                 AND finished_at_ms <= $3 ORDER BY finished_at_ms LIMIT $4)`;

// In: queue. Out: the ID of its last event, or 0.
const LAST_EVENT = `SELECT coalesce(max(id), 0)::text AS id FROM ${SCHEMA}.event WHERE queue = $1`;

// In: nothing. Out: nothing.
const EXPIRE_LOCKS = `UPDATE ${SCHEMA}.job SET locked_until_ms = 0, stalled_marked = true WHERE state = 'active'`;

/** BullMQ's jobs on PostgreSQL. */
export class PostgresJobs implements EngineJobs {
  readonly #producer: Database;
  readonly #consumer: Database;

  constructor({ producer, consumer }: Record<'producer' | 'consumer', Database>) {
    this.#producer = producer;
    this.#consumer = consumer;
  }

  async writeProgress(writes: readonly ProgressWrite[]): Promise<boolean[]> {
    const { rows } = await this.#consumer.query(...progressUpdate(writes));
    const written = new Set(rows.filter(isRecord).map(({ queue, id }) => compositeKey(String(queue), String(id))));
    return writes.map(({ queue, jobId }) => written.has(compositeKey(queue, jobId)));
  }

  async unmark(queue: string, jobId: string, attemptsStarted: number): Promise<boolean> {
    const values = [queue, jobId, attemptsStarted, JSON.stringify(REQUEST_STARTED), JSON.stringify(NOT_STARTED)];
    return (await this.#consumer.query(REPLACE_PROGRESS, values)).rowCount === 1;
  }

  async removeWaiting(queue: string, jobId: string): Promise<boolean> {
    return (await this.#producer.query(REMOVE_WAITING, [queue, jobId])).rowCount === 1;
  }

  async orderRange(queue: string, lowest: number): Promise<OrderRange | undefined> {
    const [range] = (await this.#producer.query(ORDER_RANGE, [queue, lowest])).rows.filter(isRecord);
    if (typeof range?.first !== 'number' || typeof range.last !== 'number') return undefined;
    return { first: range.first, last: range.last };
  }

  async removeFailed(queue: string, jobId: string, call: string): Promise<boolean> {
    return (await this.#producer.query(REMOVE_FAILED, [queue, jobId, call])).rowCount === 1;
  }

  async forget(_jobs: unknown, { queue, state, keepMs, most }: Forgotten): Promise<number> {
    return (await this.#producer.query(FORGET, [queue, state, Date.now() - keepMs, most])).rowCount ?? 0;
  }

  async lastEventId(queue: string): Promise<string> {
    const [last] = (await this.#consumer.query(LAST_EVENT, [queue])).rows.filter(isRecord);
    return String(last?.id ?? 0);
  }
}

/** Makes all active jobs available again, because no worker is left. */
export async function expireLocks(database: Database): Promise<void> {
  await database.query(EXPIRE_LOCKS);
}

/**
 * Returns a condition that a worker still has a job's lock.
 *
 * @param token A parameter or column with the lock's token.
 * @param now A parameter with the worker's clock, with which BullMQ writes the end of the lock.
 */
function isLockedBy(token: string, now: string): string {
  // Not `state = 'active'`, which would use the index of active jobs, with many dead entries.
  return `state::text = 'active' AND lock_token = ${token}
   AND locked_until_ms > ${now}::bigint`;
}

/** A single write uses a statement that does not have to be planned each time. */
function progressUpdate(writes: readonly ProgressWrite[]): [statement: string, values: unknown[]] {
  const columns = [
    writes.map(({ queue }) => queue),
    writes.map(({ jobId }) => jobId),
    writes.map(({ lockToken }) => lockToken),
    writes.map(({ progress }) => JSON.stringify(progress)),
  ];
  const now = Date.now();
  return writes.length === 1 ? [WRITE_PROGRESS, [...columns.flat(), now]] : [WRITE_SEVERAL, [...columns, now]];
}
