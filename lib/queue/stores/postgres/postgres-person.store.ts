import { type KnownPerson, keysOfPerson, PersonStore } from '../../../stores/person.store.js';
import { hashKey } from '../key-and-ttl.js';
import { asSharedStore } from '../shared-store.error.js';
import { PERSON_TTL_MS, readPerson } from '../stored-person.js';
import type { PostgresPool } from './postgres-pool.interface.js';
import { fromNow, runQuery } from './run-query.js';
import { type StoreTables, storeTables } from './store-tables.js';

/** Stores people in PostgreSQL, for several processes. A person expires 90 days after the last callback. @publicApi */
export class PostgresPersonStore extends PersonStore {
  readonly #pool: PostgresPool;
  private readonly tables: StoreTables;

  /** @param schema The schema in which `migrate` created the tables. */
  constructor(pool: PostgresPool, schema: string) {
    super();
    this.#pool = pool;
    this.tables = storeTables(schema);
  }

  override async find(account: string, key: string): Promise<KnownPerson | undefined> {
    const statement = `SELECT person FROM ${this.tables.people} WHERE key = $1 AND expires_at > clock_timestamp()`;
    const [row] = await runQuery(this.#pool, 'people.find', statement, [hashKey(account, key)]);
    return asSharedStore('postgres', 'people.find', async () =>
      typeof row?.person === 'string' ? readPerson(row.person) : undefined,
    );
  }

  override async save(account: string, person: KnownPerson): Promise<void> {
    // Sorted, because two processes that lock rows in different orders would deadlock.
    const keys = keysOfPerson(person).map((key) => hashKey(account, key));
    const statement = `
      INSERT INTO ${this.tables.people} (key, person, expires_at)
      SELECT key, $2, ${fromNow('$3')} FROM unnest($1::text[]) AS given (key)
      ON CONFLICT (key) DO UPDATE SET person = excluded.person, expires_at = excluded.expires_at`;
    await runQuery(this.#pool, 'people.save', statement, [keys.sort(), JSON.stringify(person), PERSON_TTL_MS]);
  }
}
