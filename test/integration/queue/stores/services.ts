import { Redis } from 'ioredis';
import pg from 'pg';

export const REDIS_URL = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
export const POSTGRES_URL = process.env.TEST_POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';

export type ServiceName = 'redis' | 'postgres';

/** Returns the services that do not respond, and prints them. Throws if `CI` is set. */
export async function missingServices(): Promise<ServiceName[]> {
  const missing: ServiceName[] = [];
  if (!(await redisAnswers())) missing.push('redis');
  if (!(await postgresAnswers())) missing.push('postgres');
  if (missing.length === 0) return missing;
  const message = `Not running here: ${missing.join(', ')} (${REDIS_URL}, ${POSTGRES_URL}).`;
  if (process.env.CI === 'true') throw new Error(`${message} Nothing may be skipped with CI=true.`);
  process.stderr.write(`${message} Their tests are SKIPPED.\n`);
  return missing;
}

export function newRedis(): Redis {
  return new Redis(REDIS_URL, { maxRetriesPerRequest: 2 });
}

/** @param name The application name of the connections. */
export function newPool(name = 'test'): pg.Pool {
  const pool = new pg.Pool({ connectionString: POSTGRES_URL, application_name: name, max: 5 });
  // Some tests terminate connections.
  pool.on('error', () => {});
  return pool;
}

async function redisAnswers(): Promise<boolean> {
  const client = new Redis(REDIS_URL, { lazyConnect: true, connectTimeout: 2_000, retryStrategy: () => null });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    if (client.status !== 'end') client.disconnect();
  }
}

async function postgresAnswers(): Promise<boolean> {
  const client = new pg.Client({ connectionString: POSTGRES_URL, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query('SELECT 1')).rowCount === 1;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
