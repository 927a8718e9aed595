import type { PostgresPool } from './postgres-pool.interface.js';
import { runQuery } from './run-query.js';
import { storeTables } from './store-tables.js';

const BATCH_SIZE = 500;

/** The options of `sweep`. @publicApi */
export interface SweepOptions {
  /** Rows deleted by one statement. @default 500 */
  rowsAtOnce?: number;
  /** Ends the sweep after the current statement. */
  signal?: AbortSignal;
}

/**
 * Deletes expired rows in small batches, and returns how many. The stores ignore expired rows, so this only frees
 * space. Call it about every minute, from any number of processes.
 *
 * @publicApi
 */
export async function sweep(pool: PostgresPool, schema: string, options: SweepOptions = {}): Promise<number> {
  const { rowsAtOnce = BATCH_SIZE, signal } = options;
  let swept = 0;
  for (const table of storeTables(schema).expiring) {
    for (let deleted = rowsAtOnce; deleted >= rowsAtOnce && !signal?.aborted; swept += deleted) {
      deleted = await deleteExpired(pool, table, rowsAtOnce);
    }
  }
  return swept;
}

/** Uses `now()`, which is constant in a statement, because `clock_timestamp()` would prevent the use of the index. */
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
