import type { PostgresPool } from './postgres-pool.interface.js';
import { runQuery } from './run-query.js';
import { StoreTables } from './store-tables.js';

const BATCH_SIZE = 500;

/** The options of `sweep`. */
export interface SweepOptions {
  /** Rows deleted by one statement. Default: 500. */
  rowsAtOnce?: number;
  /** Ends it after the statement under way. */
  signal?: AbortSignal;
}

/**
 * Deletes what has expired, in small batches, and tells how much that was. Expired rows count as gone for every store,
 * swept or not; this only frees their place. To be called every minute or so, by one process or by several at once.
 */
export async function sweep(pool: PostgresPool, schema: string, options: SweepOptions = {}): Promise<number> {
  const { rowsAtOnce = BATCH_SIZE, signal } = options;
  let swept = 0;
  for (const table of new StoreTables(schema).expiring) {
    for (let deleted = rowsAtOnce; deleted >= rowsAtOnce && !signal?.aborted; swept += deleted) {
      deleted = await deleteExpired(pool, table, rowsAtOnce);
    }
  }
  return swept;
}

// now(), which stands still within a statement, lets the index be used; the clock itself would not.
async function deleteExpired(pool: PostgresPool, table: string, rows: number): Promise<number> {
  const statement = `
    WITH expired AS (
      DELETE FROM ${table} WHERE key = ANY (ARRAY(
        SELECT key FROM ${table} WHERE expires_at <= now() LIMIT $1 FOR UPDATE SKIP LOCKED
      )) RETURNING 1
    )
    SELECT count(*)::int AS deleted FROM expired`;
  const [row] = await runQuery(pool, 'sweep', statement, [rows]);
  return Number(row?.deleted ?? 0);
}
