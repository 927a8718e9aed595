import { DEFAULT_SCHEMA } from 'bullmq';
import { isRecord } from '../../../validation/is-record.js';
import { SEARCH_PATH } from './constants.js';
import { type Database, SCHEMA } from './postgres.js';

/**
 * Configures a session. These are statements instead of startup `options`, which PgBouncer rejects and which would
 * replace the user's own. BullMQ's SQL requires `read committed`, which may not be the default of the server or role.
 */
export const SESSION = `SET search_path = ${SEARCH_PATH.join(', ')}; SET default_transaction_isolation = 'read committed'`;

/** The table with the version of BullMQ's tables. A role that does not migrate only reads it. */
export const VERSION_TABLE = 'migration';
/** A LIKE pattern of BullMQ's tables that the queue does not use. */
export const UNUSED_TABLES = 'relay%';

/** A client or a pool. */
interface Connection {
  query(statement: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Returns the version of BullMQ's tables, or 0 if there are none. */
export async function tablesVersion(client: Connection): Promise<number> {
  // In: nothing. Out: whether the table exists.
  const table = await client.query(`SELECT to_regclass('${SCHEMA}.${VERSION_TABLE}') IS NOT NULL AS found`);
  if (!isRecord(table.rows[0]) || table.rows[0].found !== true) return 0;
  // In: nothing. Out: the version.
  const { rows } = await client.query(
    `SELECT coalesce(max(version), 0)::int AS version FROM ${SCHEMA}.${VERSION_TABLE}`,
  );
  return isRecord(rows[0]) ? Number(rows[0].version) : 0;
}

/** Creates BullMQ's sequences now, because it creates them at a queue's first bulk, which not every role may. */
export async function createSequences(database: Database, queues: readonly string[]): Promise<void> {
  // In: the queues. Out: those without a sequence.
  const { rows } = await database.query(
    `SELECT queue FROM unnest($1::text[]) AS queue
      WHERE to_regclass(format('%I.%I', '${DEFAULT_SCHEMA}', ${SCHEMA}.job_id_seq_name(queue))) IS NULL`,
    [queues],
  );
  // In: a queue. Out: an ID that is not used.
  for (const { queue } of rows.filter(isRecord)) await database.query(`SELECT ${SCHEMA}.next_job_id($1)`, [queue]);
}
