import { Pool } from 'pg';
import { reportMissing } from '../../support/missing.js';
import { POSTGRES_URL } from '../queue/stores/services.js';

/** Connects to PostgreSQL. Without a server, adds a skipped test, or a failing one in CI. */
export async function connectToPostgresServer(): Promise<Pool | undefined> {
  const pool = new Pool({ connectionString: POSTGRES_URL, max: 1, connectionTimeoutMillis: 3_000 });
  try {
    await pool.query('SELECT 1');
    return pool;
  } catch (error) {
    await pool.end();
    const title = `NOT COMPARED with PostgreSQL: no server at ${withoutPassword(POSTGRES_URL)}, set TEST_POSTGRES_URL`;
    reportMissing(title, error);
    return undefined;
  }
}

function withoutPassword(url: string): string {
  return url.replace(/:[^:@/]*@/, ':…@');
}
