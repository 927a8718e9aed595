import { isRecord } from '../../../validation/is-record.js';
import { asSharedStore } from '../shared-store.error.js';
import type { PostgresPool } from './postgres-pool.interface.js';

/** Runs one statement. @throws SharedStoreError */
export function runQuery(
  pool: Pick<PostgresPool, 'query'>,
  operation: string,
  text: string,
  values: unknown[],
): Promise<Record<string, unknown>[]> {
  return asSharedStore('postgres', operation, async () => (await pool.query(text, values)).rows.filter(isRecord));
}

/** Returns SQL for the server's time plus a duration. @param parameter `$1`, `$2`, …, in milliseconds */
export function fromNow(parameter: string): string {
  return `(clock_timestamp() + ${parameter}::float8 * interval '1 millisecond')`;
}
