import { isRecord } from '../../../validation/is-record.js';
import { asSharedStore } from '../shared-store.error.js';
import type { PostgresClient, PostgresPool } from './postgres-pool.interface.js';
import { type StoreTables, storeTables } from './store-tables.js';

/** The version of the tables that `migrate` creates. @publicApi */
export const STORES_VERSION = stepsOf(storeTables('any')).length;

/** Returns the version of the existing tables, or 0 if there are none. Changes nothing. @publicApi */
export async function storesVersion(client: Pick<PostgresClient, 'query'>, schema: string): Promise<number> {
  const tables = storeTables(schema);
  if (!(await exists(client, 'SELECT 1 WHERE to_regclass($1) IS NOT NULL', tables.version))) return 0;
  const [row] = (await client.query(`SELECT version FROM ${tables.version}`)).rows;
  return isRecord(row) ? Number(row.version) : 0;
}

/**
 * Creates or migrates the stores' schema and tables. If they are up to date, it changes nothing and needs no privilege
 * to do so. Any number of processes may call it concurrently.
 *
 * @throws SharedStoreError if the server rejects it. Nothing is changed then.
 * @publicApi
 */
export async function migrate(pool: PostgresPool, schema: string): Promise<void> {
  const tables = storeTables(schema);
  await asSharedStore('postgres', 'migrate', async () => {
    const client = await pool.connect();
    const ignore = () => {};
    client.on('error', ignore);
    let hasFailed = true;
    try {
      await client.query('BEGIN');
      await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('button-messaging ' || $1::text, 0))`, [
        schema,
      ]);
      await runSteps(client, tables);
      await client.query('COMMIT');
      hasFailed = false;
    } finally {
      // Closing the connection also ends its transaction.
      if (hasFailed) await client.query('ROLLBACK').catch(ignore);
      client.release(hasFailed);
      client.removeListener('error', ignore);
    }
  });
}

async function runSteps(client: PostgresClient, tables: StoreTables): Promise<void> {
  const done = await versionOf(client, tables);
  const steps = stepsOf(tables);
  if (done >= steps.length) return;
  for (const statement of steps.slice(done).flat()) await client.query(statement);
  await client.query(`UPDATE ${tables.version} SET version = $1`, [steps.length]);
}

async function versionOf(client: PostgresClient, tables: StoreTables): Promise<number> {
  if (!(await exists(client, 'SELECT 1 FROM pg_namespace WHERE nspname = $1', tables.schema))) {
    await client.query(`CREATE SCHEMA ${tables.quotedSchema}`);
  }
  if (!(await exists(client, 'SELECT 1 WHERE to_regclass($1) IS NOT NULL', tables.version))) {
    await client.query(`CREATE TABLE ${tables.version} (version integer NOT NULL)`);
    await client.query(`INSERT INTO ${tables.version} VALUES (0)`);
  }
  return storesVersion(client, tables.schema);
}

async function exists(client: Pick<PostgresClient, 'query'>, statement: string, name: string): Promise<boolean> {
  return (await client.query(statement, [name])).rows.length > 0;
}

/** Returns the migration steps in order. Never change a published step. Add another one instead. */
function stepsOf(tables: StoreTables): string[][] {
  return [
    [
      `CREATE TABLE ${tables.idempotency} (
        key text PRIMARY KEY,
        fingerprint text NOT NULL,
        token text NOT NULL,
        state text NOT NULL,
        value text,
        leased_until timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      )`,
      `CREATE INDEX ON ${tables.idempotency} (expires_at)`,
      // Unlogged, because rate limits may be lost in a crash. The fill factor leaves space for updates in place.
      `CREATE UNLOGGED TABLE ${tables.pacing} (
        key text PRIMARY KEY,
        full_at timestamptz NOT NULL,
        wait_ms double precision NOT NULL,
        paused_until timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      ) WITH (fillfactor = 50)`,
      `CREATE INDEX ON ${tables.pacing} (expires_at)`,
      `CREATE TABLE ${tables.sentMessages} (
        key text PRIMARY KEY,
        message text NOT NULL,
        expires_at timestamptz NOT NULL
      )`,
      `CREATE INDEX ON ${tables.sentMessages} (expires_at)`,
      `CREATE TABLE ${tables.repeats} (
        key text PRIMARY KEY,
        expires_at timestamptz NOT NULL
      )`,
      `CREATE INDEX ON ${tables.repeats} (expires_at)`,
      `CREATE UNLOGGED TABLE ${tables.replies} (
        key text PRIMARY KEY,
        reply text NOT NULL,
        expires_at timestamptz NOT NULL
      )`,
      `CREATE INDEX ON ${tables.replies} (expires_at)`,
    ],
    [
      `CREATE TABLE ${tables.people} (
        key text PRIMARY KEY,
        person text NOT NULL,
        expires_at timestamptz NOT NULL
      )`,
      `CREATE INDEX ON ${tables.people} (expires_at)`,
    ],
  ];
}
