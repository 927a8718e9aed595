import { Pool } from 'pg';
import { withTimeout } from '../../async/delay.js';
import { checkBullmqVersion } from './bullmq-internals/check-version.js';
import { prepareSchemas } from './postgres-schemas.js';
import { startError } from './postgres-start-error.js';
import { CLOSE_TIMEOUT_MS } from './queue-engine.js';
import { SessionClient } from './session-client.js';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Creates or migrates the tables of a queue, and returns a message about it.
 *
 * @throws ConfigurationError, QueueUnavailableError
 */
export async function migrateQueue(connectionString: string, name: string): Promise<string> {
  checkBullmqVersion();
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    Client: SessionClient,
    max: 1,
  });
  pool.on('error', () => undefined);
  try {
    await prepareSchemas(pool, name);
    return `The tables of the queue "${name}" are up to date.`;
  } catch (error) {
    throw startError(error, connectionString, CONNECT_TIMEOUT_MS);
  } finally {
    await withTimeout(CLOSE_TIMEOUT_MS, pool.end());
  }
}
