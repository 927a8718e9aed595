import { expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { POSTGRES_URL } from '../queue/stores/services.js';

/** Connects to PostgreSQL. Without a server, adds a skipped test, or a failing one in CI. */
export async function connectToPostgresServer(): Promise<Pool | undefined> {
  const pool = new Pool({ connectionString: POSTGRES_URL, max: 1, connectionTimeoutMillis: 3_000 });
  try {
    await pool.query('SELECT 1');
    return pool;
  } catch (error) {
    await pool.end();
    sayThatItIsMissing(error);
    return undefined;
  }
}

function sayThatItIsMissing(error: unknown): void {
  const title = `NOT COMPARED with PostgreSQL: no server at ${withoutPassword(POSTGRES_URL)}, set TEST_POSTGRES_URL`;
  // Jest reports nothing for a file in which every test is skipped.
  console.warn(title);
  if (process.env.CI !== 'true') it.skip(title, () => undefined);
  else it(title, () => expect(String(error)).toBe('a PostgreSQL that answers'));
}

function withoutPassword(url: string): string {
  return url.replace(/:[^:@/]*@/, ':…@');
}
