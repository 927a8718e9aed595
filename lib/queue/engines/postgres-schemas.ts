import { assertPostgresVersion, DEFAULT_SCHEMA, LATEST_SCHEMA_VERSION, type PgPoolClient, runMigrations } from 'bullmq';
import type { Pool } from 'pg';
import type { ConfigurationError } from '../../errors/setup.errors.js';
import { isRecord } from '../../validation/is-record.js';
import { migrate, STORES_VERSION, storesVersion } from '../stores/index.js';
import { bullPool } from './bullmq-internals/postgres.js';
import { createSequences, tablesVersion, UNUSED_TABLES, VERSION_TABLE } from './bullmq-internals/postgres-tables.js';
import { notUsable } from './postgres-start-error.js';

const PERMISSION_DENIED = '42501';

/**
 * Creates or migrates the tables of BullMQ and of the stores. If they are up to date, it changes nothing and needs no
 * privilege to do so.
 *
 * @throws ConfigurationError if they are newer than this package, or the role may not create them
 */
export async function prepareSchemas(pool: Pool, name: string): Promise<void> {
  await explainDenied(name, async () => {
    const { bullmq, stores } = await withClient(pool, async (client) => {
      await assertPostgresVersion(client);
      return { bullmq: await tablesVersion(client), stores: await storesVersion(client, name) };
    });
    if (bullmq > LATEST_SCHEMA_VERSION) throw newer(DEFAULT_SCHEMA, bullmq, LATEST_SCHEMA_VERSION, 'bullmq');
    if (stores > STORES_VERSION) throw newer(name, stores, STORES_VERSION, 'nestjs-button-messaging');
    if (bullmq < LATEST_SCHEMA_VERSION) await withClient(pool, runMigrations);
    if (stores < STORES_VERSION) await migrate(pool, name);
    await createSequences(pool, [name, `${name}-held`, `${name}-paused`]);
    await requireRights(pool, name);
  });
}

async function withClient<T>(pool: Pool, work: (client: PgPoolClient) => Promise<T>): Promise<T> {
  const client = await bullPool(pool).connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** Checks the role's privileges at startup, so that they are not missing at the first message. */
async function requireRights(pool: Pool, name: string): Promise<void> {
  const { rows } = await pool.query(
    `SELECT format('%s on %I.%I', wanted.right, namespace.nspname, class.relname) AS missing
       FROM pg_class class
       JOIN pg_namespace namespace ON namespace.oid = class.relnamespace
       CROSS JOIN LATERAL unnest(CASE WHEN class.relkind = 'S' THEN ARRAY['USAGE']
                                      WHEN class.relname IN ($3, 'messaging_version') THEN ARRAY['SELECT']
                                      ELSE ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] END) AS wanted ("right")
      WHERE namespace.nspname IN ($1, $2) AND class.relkind IN ('r', 'S') AND class.relname NOT LIKE $4
        AND NOT CASE WHEN class.relkind = 'S' THEN has_sequence_privilege(class.oid, wanted.right)
                     ELSE has_table_privilege(class.oid, wanted.right) END
      UNION ALL
     SELECT format('TEMPORARY on the database %I', current_database())
      WHERE NOT has_database_privilege(current_database(), 'TEMPORARY')
      ORDER BY missing LIMIT 3`,
    [DEFAULT_SCHEMA, name, VERSION_TABLE, UNUSED_TABLES],
  );
  const missing = rows.flatMap((row: unknown) => (isRecord(row) ? [String(row.missing)] : []));
  if (missing.length > 0)
    throw notUsable('rights', `the role lacks the privilege ${missing.join(', ')}. GRANT it as the owner`);
}

async function explainDenied(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isRecord(error) || (error.code !== PERMISSION_DENIED && error.reason !== PERMISSION_DENIED)) throw error;
    const cause = Object.assign(new Error(String(error.message)), { code: PERMISSION_DENIED });
    throw notUsable(
      'rights',
      `the role may not create or read the tables in the schemas "${DEFAULT_SCHEMA}" and "${name}". As their owner, run ` +
        `npx nestjs-button-messaging migrate --name ${name} --database-url <url>, and grant the role its privileges (${cause.message})`,
      cause,
    );
  }
}

function newer(schema: string, found: number, known: number, owner: string): ConfigurationError {
  return notUsable(
    'schemaVersion',
    `the tables in the schema "${schema}" have version ${found}, and the installed ${owner} supports at most ${known}. ` +
      `Update ${owner}`,
  );
}
