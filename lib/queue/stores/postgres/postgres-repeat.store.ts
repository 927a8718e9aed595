import { RepeatStore } from '../../../stores/repeat.store.js';
import { clampTtl, hashKey } from '../key-and-ttl.js';
import type { PostgresPool } from './postgres-pool.interface.js';
import { fromNow, runQuery } from './run-query.js';
import { type StoreTables, storeTables } from './store-tables.js';

/**
 * Stores received callbacks in PostgreSQL, for several processes. Each expires after its deduplication window.
 *
 * @publicApi
 */
export class PostgresRepeatStore extends RepeatStore {
  readonly #pool: PostgresPool;
  private readonly tables: StoreTables;

  /** @param schema The schema in which `migrate` created the tables. */
  constructor(pool: PostgresPool, schema: string) {
    super();
    this.#pool = pool;
    this.tables = storeTables(schema);
  }

  override async isFirst(key: string, withinMs: number): Promise<boolean> {
    const statement = `
      INSERT INTO ${this.tables.repeats} AS seen (key, expires_at) VALUES ($1, ${fromNow('$2')})
      ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at WHERE seen.expires_at <= clock_timestamp()
      RETURNING key`;
    const values = [hashKey(key), clampTtl(withinMs)];
    return (await runQuery(this.#pool, 'repeats.is-first', statement, values)).length > 0;
  }
}
