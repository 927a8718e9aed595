import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { ConfigurationError } from '../../../../lib/index.js';
import { postgresRefusal } from '../../../../lib/queue/engines/postgres-refusal.js';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { ENGINES } from '../../../support/queue/engines.js';
import { message, QueueApp } from '../../../support/queue/queue-app.js';
import { startOwnPostgres } from '../../../support/servers/own-postgres.js';
import { until } from '../../../support/time.js';
import { newPool, POSTGRES_URL } from '../stores/services.js';

jest.setTimeout(120_000);

const MESSAGES = 200;
const suite = ENGINES.includes('postgres') ? describe : describe.skip;

suite('PostgreSQL with other defaults', () => {
  let simulator: GatewaySimulator;
  let server: pg.Pool;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    server = newPool();
  });
  afterAll(async () => {
    await server.end();
    await simulator.close();
  });

  it.each([
    ['default_transaction_isolation', 'serializable'],
    ['default_transaction_isolation', 'repeatable read'],
    ['search_path', 'nowhere'],
  ])('sends every message when %s is %s', async (setting, value) => {
    const database = `sessions_${randomUUID().slice(0, 8)}`;
    await server.query(`CREATE DATABASE ${database}`);
    await server.query(`ALTER DATABASE ${database} SET ${setting} = '${value}'`);
    const url = new URL(POSTGRES_URL);
    url.pathname = `/${database}`;
    const queue = { engine: { kind: 'postgres', connectionString: url.href } as const, name: 'sessions' };
    const whole = { retry: {}, breaker: {} };
    const apps = await Promise.all([0, 1].map(() => QueueApp.start(simulator, queue, whole)));
    const [app] = apps;
    try {
      const texts = Array.from({ length: MESSAGES }, (_, index) => `${database} ${index}`);
      await Promise.all(texts.map((text) => app?.queue.enqueue(message(text))));
      await until(async () => (await app?.queue.counts())?.sent === MESSAGES, 60_000);
      const sent = simulator.messages().filter(({ text }) => text?.startsWith(database));
      expect(sent).toHaveLength(MESSAGES);
    } finally {
      await Promise.all(apps.map((one) => one.close()));
      await server.query(`DROP DATABASE ${database} WITH (FORCE)`);
    }
  });

  it.each([
    ['53100', /no disk space left \(SQLSTATE 53100\)/],
    ['25006', /is read-only.*25006/],
    ['53300', /too many connections/],
    ['40P01', /PostgreSQL rejects the statement: told by the server \(SQLSTATE 40P01\)/],
    ['22P02', /^PostgreSQL rejects the statement \(SQLSTATE 22P02\)$/],
    ['57P01', /^undefined$/],
    ['08006', /^undefined$/],
  ])('maps SQLSTATE %s to its rejection text, if it has one', async (state, words) => {
    const raise = `DO $$ BEGIN RAISE EXCEPTION 'told by the server' USING ERRCODE = '${state}'; END $$`;
    const error: unknown = await server.query(raise).catch((thrown: unknown) => thrown);
    expect(String(postgresRefusal(error))).toMatch(words);
  });

  it('rejects a replica as server', async () => {
    const replica = await startOwnPostgres([], (directory) => writeFile(join(directory, 'standby.signal'), ''));
    if (!replica) {
      process.stderr.write('PostgreSQL (initdb, postgres) is not installed. Its test is SKIPPED.\n');
      if (process.env.CI === 'true') throw new Error('Nothing may be skipped with CI=true.');
      return;
    }
    try {
      const refused = await QueueApp.start(simulator, { engine: replica.engine }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(ConfigurationError);
      expect(String(refused)).toContain('the server is read-only, for example a replica: connect to the primary');
    } finally {
      await replica.remove();
    }
  });
});
