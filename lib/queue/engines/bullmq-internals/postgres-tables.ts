import { DEFAULT_SCHEMA } from 'bullmq';
import { isRecord } from '../../../validation/is-record.js';
import { SEARCH_PATH } from './constants.js';
import { type Database, SCHEMA } from './postgres.js';

/**
 * What each session is set to. As statements rather than start-up `options`: PgBouncer refuses those, and they would
 * replace the user's own. BullMQ's SQL expects to see what others have committed meanwhile, whatever the default of the
 * server or the role.
 */
export const SESSION = `SET search_path = ${SEARCH_PATH.join(', ')}; SET default_transaction_isolation = 'read committed'`;

/** The table in which it keeps the version of its tables. A role that migrates nothing only reads it. */
export const VERSION_TABLE = 'migration';
/** Its tables for what the queue does not use, as LIKE matches them. */
export const UNUSED_TABLES = 'relay%';

/** What is sent to a client of its own, or to a pool. */
interface Connection {
  query(statement: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** The version of its tables; 0 where there are none. */
export async function tablesVersion(client: Connection): Promise<number> {
  // In: nothing. Out: whether there is a version.
  const made = await client.query(`SELECT to_regclass('${SCHEMA}.${VERSION_TABLE}') IS NOT NULL AS made`);
  if (!isRecord(made.rows[0]) || made.rows[0].made !== true) return 0;
  // In: nothing. Out: the version.
  const { rows } = await client.query(
    `SELECT coalesce(max(version), 0)::int AS version FROM ${SCHEMA}.${VERSION_TABLE}`,
  );
  return isRecord(rows[0]) ? Number(rows[0].version) : 0;
}

/** It makes a sequence when a queue is first added to in bulk, which not every role may. */
export async function makeSequences(database: Database, queues: readonly string[]): Promise<void> {
  // In: the queues. Out: those without a sequence.
  const { rows } = await database.query(
    `SELECT queue FROM unnest($1::text[]) AS queue
      WHERE to_regclass(format('%I.%I', '${DEFAULT_SCHEMA}', ${SCHEMA}.job_id_seq_name(queue))) IS NULL`,
    [queues],
  );
  // In: a queue. Out: nothing that is used.
  for (const { queue } of rows.filter(isRecord)) await database.query(`SELECT ${SCHEMA}.next_job_id($1)`, [queue]);
}
