import type { Pace } from '../../../stores/pacing.store.js';
import { clampTtl, hashKey } from '../key-and-ttl.js';
import { SharedPacingStore } from '../shared-pacing.store.js';
import type { PostgresPool } from './postgres-pool.interface.js';
import { fromNow, runQuery } from './run-query.js';
import { type StoreTables, storeTables } from './store-tables.js';

/**
 * Stores rate limits in PostgreSQL, for several processes, with the generic cell rate algorithm and the server's clock.
 *
 * @publicApi
 */
export class PostgresPacingStore extends SharedPacingStore {
  readonly #pool: PostgresPool;
  private readonly tables: StoreTables;

  /** @param schema The schema in which `migrate` created the tables. */
  constructor(pool: PostgresPool, schema: string) {
    super();
    this.#pool = pool;
    this.tables = storeTables(schema);
  }

  override async reserve(bucket: string, pace: Pace, withinMs: number): Promise<number> {
    const statement = `
      INSERT INTO ${this.tables.pacing} AS held (key, full_at, wait_ms, paused_until, expires_at)
      SELECT $1, CASE WHEN turn.wait_ms <= $4::float8 THEN turn.full_at ELSE turn.now END, turn.wait_ms, turn.now,
        ${minuteAfter('turn.full_at')}
      FROM ${turnAfter('clock.now')}
      ON CONFLICT (key) DO UPDATE SET (full_at, wait_ms, expires_at) = (
        SELECT CASE WHEN turn.wait_ms <= $4::float8 THEN turn.full_at ELSE held.full_at END, turn.wait_ms,
          greatest(held.expires_at, ${minuteAfter('turn.full_at')})
        FROM ${turnAfter('held.full_at')}
      )
      RETURNING wait_ms`;
    const values = [hashKey(bucket), 1_000 / pace.perSecond, pace.burst, Math.min(withinMs, Number.MAX_SAFE_INTEGER)];
    const [row] = await runQuery(this.#pool, 'pacing.reserve', statement, values);
    return Number(row?.wait_ms ?? 0);
  }

  protected override async writePauses(buckets: readonly string[], forMs: number): Promise<void> {
    const statement = `
      INSERT INTO ${this.tables.pacing} AS held (key, full_at, wait_ms, paused_until, expires_at)
      SELECT paused.key, clock_timestamp(), 0, ${fromNow('$2')}, ${minuteAfter(fromNow('$2'))}
      FROM unnest($1::text[]) AS paused(key) ORDER BY paused.key
      ON CONFLICT (key) DO UPDATE SET
        paused_until = greatest(held.paused_until, excluded.paused_until),
        expires_at = greatest(held.expires_at, excluded.expires_at)`;
    await runQuery(this.#pool, 'pacing.pause', statement, [buckets.map((bucket) => hashKey(bucket)), clampTtl(forMs)]);
  }

  protected override async endPause(bucket: string): Promise<void> {
    const statement = `UPDATE ${this.tables.pacing} SET paused_until = clock_timestamp() WHERE key = $1`;
    await runQuery(this.#pool, 'pacing.resume', statement, [hashKey(bucket)]);
  }

  protected override async readPauses(buckets: readonly string[]): Promise<number[]> {
    const statement = `
      SELECT key, extract(epoch FROM paused_until - clock_timestamp())::float8 * 1000 AS paused_for
      FROM ${this.tables.pacing} WHERE key = ANY($1)`;
    const keys = buckets.map((bucket) => hashKey(bucket));
    const rows = await runQuery(this.#pool, 'pacing.pausedFor', statement, [keys]);
    const pauses = new Map(rows.map((row) => [row.key, Number(row.paused_for)]));
    return keys.map((key) => Math.max(0, pauses.get(key) ?? 0));
  }
}

/**
 * Returns SQL for a bucket's next slot, with an interval of $2 milliseconds and a burst of $3. It reads the clock once.
 */
function turnAfter(fullAt: string): string {
  return `(
    SELECT clock.now, ahead.until + $2::float8 * interval '1 millisecond' AS full_at,
      greatest(0, extract(epoch FROM ahead.until - clock.now)::float8 * 1000 - $2::float8 * ($3::float8 - 1)) AS wait_ms
    FROM (SELECT clock_timestamp() AS now) clock, LATERAL (SELECT greatest(${fullAt}, clock.now) AS until) ahead
  ) turn`;
}

/**
 * Rounds up to a minute, because an indexed column that changes with every slot would cost an index entry each time.
 */
function minuteAfter(moment: string): string {
  return `date_trunc('minute', ${moment}) + interval '1 minute'`;
}
