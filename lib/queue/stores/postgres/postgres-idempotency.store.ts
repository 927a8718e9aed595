import { IdempotencyStore, type Reservation } from '../../../stores/idempotency.store.js';
import { encode } from '../json-with-dates.js';
import { clampTtl, hashKey } from '../key-and-ttl.js';
import { ReservationTokens } from '../reservation-tokens.js';
import { asSharedStore } from '../shared-store.error.js';
import { LEASE_MS, reservationOf, type SharedIdempotencyOptions } from '../stored-reservation.js';
import type { PostgresPool } from './postgres-pool.interface.js';
import { fromNow, runQuery } from './run-query.js';
import { type StoreTables, storeTables } from './store-tables.js';

/** Stores idempotency keys in PostgreSQL, for several processes. @publicApi */
export class PostgresIdempotencyStore extends IdempotencyStore {
  readonly #pool: PostgresPool;
  private readonly tables: StoreTables;
  private readonly tokens = new ReservationTokens();
  private readonly leaseMs: number;

  /** @param schema The schema in which `migrate` created the tables. */
  constructor(pool: PostgresPool, schema: string, options: SharedIdempotencyOptions = {}) {
    super();
    this.#pool = pool;
    this.tables = storeTables(schema);
    this.leaseMs = options.leaseMs ?? LEASE_MS;
  }

  override reserve<T>(key: string, fingerprint: string, ttlMs: number): Promise<Reservation<T>>;
  override async reserve(key: string, fingerprint: string, ttlMs: number): Promise<Reservation<unknown>> {
    const name = hashKey(key);
    const token = this.tokens.next();
    const values = [name, fingerprint, token, Math.max(0, this.leaseMs), clampTtl(ttlMs)];
    for (;;) {
      const [row] = await runQuery(this.#pool, 'idempotency.reserve', this.reserveStatement, values);
      // Another process reserved the key after the statement's snapshot, so the next attempt sees it.
      if (!row) continue;
      if (row.state === 'reserved') this.tokens.keep(name, token);
      return asSharedStore('postgres', 'idempotency.reserve', async () => reservationOf(row.state, row.value));
    }
  }

  override complete<T>(key: string, value: T): Promise<void> {
    return this.settle(key, 'done', encode(value));
  }

  override unknown(key: string): Promise<void> {
    return this.settle(key, 'unknown', '');
  }

  override async release(key: string): Promise<void> {
    const name = hashKey(key);
    const statement = `DELETE FROM ${this.tables.idempotency} WHERE key = $1 AND $2::text IN ('', token)`;
    await runQuery(this.#pool, 'idempotency.release', statement, [name, this.tokens.take(name)]);
  }

  private async settle(key: string, state: 'done' | 'unknown', value: string): Promise<void> {
    const name = hashKey(key);
    const statement = `
      UPDATE ${this.tables.idempotency} SET state = $3, value = $4
      WHERE key = $1 AND $2::text IN ('', token) AND expires_at > clock_timestamp()`;
    await runQuery(this.#pool, 'idempotency.settle', statement, [name, this.tokens.take(name), state, value]);
  }

  private get reserveStatement(): string {
    return `
      WITH taken AS (
        INSERT INTO ${this.tables.idempotency} AS held (key, fingerprint, token, state, leased_until, expires_at)
        VALUES ($1, $2, $3, 'pending', ${fromNow('$4')}, ${fromNow('$5')})
        ON CONFLICT (key) DO UPDATE SET
          fingerprint = excluded.fingerprint, token = excluded.token, state = excluded.state, value = NULL,
          leased_until = excluded.leased_until, expires_at = excluded.expires_at
        WHERE held.expires_at <= clock_timestamp()
        RETURNING 1
      )
      SELECT 'reserved' AS state, NULL AS value FROM taken
      UNION ALL
      SELECT
        CASE
          WHEN fingerprint <> $2 THEN 'conflict'
          WHEN state = 'pending' AND leased_until <= clock_timestamp() THEN 'unknown'
          ELSE state
        END,
        value
      FROM ${this.tables.idempotency}
      WHERE key = $1 AND expires_at > clock_timestamp() AND NOT EXISTS (SELECT FROM taken)`;
  }
}
