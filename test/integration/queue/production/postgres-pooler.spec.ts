import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { ConfigurationError } from '../../../../lib/index.js';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { ENGINES, type Place, placeOn } from '../../../support/queue/engines.js';
import { message, QueueApp } from '../../../support/queue/queue-app.js';
import { PGBOUNCER, startPgBouncer } from '../../../support/servers/own-pgbouncer.js';
import { timed, until } from '../../../support/time.js';
import { newPool, POSTGRES_URL } from '../stores/services.js';

jest.setTimeout(60_000);

if (PGBOUNCER === undefined) {
  const told = 'pgbouncer is not installed.';
  if (process.env.CI === 'true') throw new Error(`${told} Nothing may be skipped with CI=true.`);
  process.stderr.write(`${told} Its tests are SKIPPED.\n`);
}
const suite = PGBOUNCER !== undefined && ENGINES.includes('postgres') ? describe : describe.skip;

suite('Queue behind PgBouncer', () => {
  let simulator: GatewaySimulator;
  let place: Place;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn('postgres');
  });
  afterAll(async () => {
    await simulator.close();
    await place.remove();
  });

  it('sends messages and emits the events of all processes in session mode', async () => {
    const pooler = await startPgBouncer(POSTGRES_URL, 'session');
    const engine = { kind: 'postgres', connectionString: pooler.url } as const;
    const one = await QueueApp.start(simulator, { engine, name: place.name, events: 'queue' });
    const other = await QueueApp.start(simulator, { engine, name: place.name, events: 'queue', worker: false });
    try {
      const ids = await Promise.all(
        Array.from({ length: 30 }, async (_, index) => (await other.queue.enqueue(message(`pooled ${index}`))).id),
      );
      await Promise.all(ids.map((id) => one.is(id, 'sent')));
      await until(() => other.events.some(({ kind }) => kind === 'sent'));
    } finally {
      await other.close();
      await one.close();
      await pooler.remove();
    }
  });

  it.each(['transaction', 'statement'] as const)(
    'rejects %s mode by name and leaves no schema behind',
    async (mode) => {
      const pooler = await startPgBouncer(POSTGRES_URL, mode);
      const name = `${place.name}-${mode}`;
      const pool = newPool();
      try {
        const engine = { kind: 'postgres', connectionString: pooler.url } as const;
        const { value, ms } = await timed(() =>
          QueueApp.start(simulator, { engine, name }).catch((error: unknown) => error),
        );
        expect(value).toBeInstanceOf(ConfigurationError);
        expect(String(value)).toMatch(/PgBouncer in transaction or statement mode\. Use its session mode/);
        expect(ms).toBeLessThan(5_000);
        const { rows } = await pool.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [name]);
        expect(rows).toEqual([]);
      } finally {
        await pool.end();
        await pooler.remove();
      }
    },
  );

  it('rejects transaction mode while other clients keep the pooler busy', async () => {
    const pooler = await startPgBouncer(POSTGRES_URL, 'transaction');
    const busy = new pg.Pool({ connectionString: pooler.url, max: 8 });
    let stop = false;
    const others = Array.from({ length: 8 }, async () => {
      while (!stop) await busy.query('SELECT pg_sleep(0.002)');
    });
    try {
      const engine = { kind: 'postgres', connectionString: pooler.url } as const;
      const refused = await QueueApp.start(simulator, { engine, name: place.name }).catch((error: unknown) => error);
      expect(String(refused)).toMatch(/PgBouncer/);
    } finally {
      stop = true;
      await Promise.all(others);
      await busy.end();
      await pooler.remove();
    }
  });
});
