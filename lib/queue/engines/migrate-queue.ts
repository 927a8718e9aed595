import { Pool } from 'pg';
import { within } from '../../async/delay.js';
import { checkBullmqVersion } from './bullmq-internals/check-version.js';
import { prepareSchemas } from './postgres-schemas.js';
import { startError } from './postgres-start-error.js';
import { CLOSE_WITHIN_MS } from './queue-engine.js';
import { SessionClient } from './session-client.js';

const CONNECTED_WITHIN_MS = 10_000;

/**
 * Makes the tables of a queue of that name, or brings them up to date, and says what was done.
 *
 * @throws ConfigurationError, QueueUnavailableError.
 */
export async function migrateQueue(connectionString: string, name: string): Promise<string> {
  checkBullmqVersion();
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: CONNECTED_WITHIN_MS,
    Client: SessionClient,
    max: 1,
  });
  pool.on('error', () => undefined);
  try {
    await prepareSchemas(pool, name);
    return `The tables of the queue "${name}" are up to date.`;
  } catch (error) {
    throw startError(error, connectionString, CONNECTED_WITHIN_MS);
  } finally {
    await within(CLOSE_WITHIN_MS, pool.end());
  }
}
