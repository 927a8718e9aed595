import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { runCli } from '../../../../lib/cli/run-cli.js';
import { ConfigurationError } from '../../../../lib/index.js';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { ENGINES } from '../../../support/queue/engines.js';
import { message, QueueApp } from '../../../support/queue/queue-app.js';
import { POSTGRES_URL } from '../stores/services.js';

jest.setTimeout(60_000);

const NAME = 'orders';

/** The grants that docs/queue-engines.md lists. */
const grants = (role: string) => `
GRANT USAGE ON SCHEMA bullmq, "${NAME}" TO ${role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bullmq, "${NAME}" TO ${role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA bullmq TO ${role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA bullmq TO ${role};
`;

const suite = ENGINES.includes('postgres') ? describe : describe.skip;

suite('Queue for a PostgreSQL role without the CREATE right', () => {
  let simulator: GatewaySimulator;
  let server: pg.Pool;
  let owner: pg.Pool;
  let role: string;
  let database: string;
  const urlOf = (user: string) => {
    const url = new URL(POSTGRES_URL);
    url.pathname = `/${database}`;
    url.username = user;
    return url.href;
  };
  const start = () =>
    QueueApp.start(simulator, { engine: { kind: 'postgres', connectionString: urlOf(role) }, name: NAME });

  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    server = new pg.Pool({ connectionString: POSTGRES_URL, max: 1 });
  });
  beforeEach(async () => {
    const id = randomUUID().slice(0, 8);
    role = `worker_${id}`;
    database = `messaging_${id}`;
    await server.query(`CREATE ROLE ${role} LOGIN`);
    await server.query(`CREATE DATABASE ${database}`);
    owner = new pg.Pool({ connectionString: urlOf(new URL(POSTGRES_URL).username), max: 1 });
    owner.on('error', () => undefined);
    await owner.query(
      `REVOKE ALL ON DATABASE ${database} FROM PUBLIC; GRANT CONNECT ON DATABASE ${database} TO ${role}`,
    );
  });
  afterEach(async () => {
    await owner.end();
    await server.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await server.query(`DROP ROLE ${role}`);
  });
  afterAll(async () => {
    await server.end();
    await simulator.close();
  });

  const migrate = async (...values: string[]) => {
    const lines: string[] = [];
    const code = await runCli(['migrate', ...values], {}, (line) => lines.push(line));
    return { code, text: lines.join('\n') };
  };

  it('names the migrate command in the error and starts with the documented grants', async () => {
    const refused = await start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigurationError);
    expect(String(refused)).toContain(`npx nestjs-button-messaging migrate --name ${NAME} --database-url`);

    expect(await migrate('--database-url', urlOf('root'), '--name', NAME)).toMatchObject({ code: 0 });
    const ungranted = await start().catch((error: unknown) => error);
    expect(ungranted).toBeInstanceOf(ConfigurationError);
    expect(String(ungranted)).toContain('npx nestjs-button-messaging migrate');

    await owner.query(grants(role));
    await owner.query(`GRANT TEMPORARY ON DATABASE ${database} TO ${role}`);
    const app = await start();
    try {
      const one = await app.queue.enqueue(message('one'), { idempotencyKey: 'one' });
      await app.is(one.id, 'sent');
      const many = await Promise.all(Array.from({ length: 50 }, (_, index) => app.queue.enqueue(message(`${index}`))));
      for (const { id } of many) await app.is(id, 'sent');
      const later = await app.queue.enqueue(message('later'), { sendAt: new Date(Date.now() + 60_000) });
      expect(await app.queue.cancel(later.id)).toBe(true);
      await app.queue.pause();
      await app.queue.resume();
    } finally {
      await app.close();
    }
  });

  it('names the missing right in the error before it accepts a message', async () => {
    await migrate('--database-url', urlOf('root'), '--name', NAME);
    await owner.query(grants(role));
    await owner.query(`GRANT TEMPORARY ON DATABASE ${database} TO ${role}`);
    await owner.query(`REVOKE DELETE ON bullmq.job FROM ${role}`);
    const refused = await start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigurationError);
    expect(String(refused)).toContain('DELETE on bullmq.job');
  });

  it('makes the migrate command report the cause without the password', async () => {
    expect(await migrate('--name', NAME)).toMatchObject({ code: 2, text: expect.stringContaining('--database-url') });
    expect(await migrate('--what')).toMatchObject({ code: 2, text: expect.stringContaining('--what') });
    const url = new URL(urlOf(role));
    url.password = 'opensesame';
    const denied = await migrate('--database-url', url.href, '--name', NAME);
    expect(denied.code).toBe(1);
    expect(denied.text).toContain('permission denied for database');
    expect(denied.text).not.toContain('opensesame');
  });

  it.each([
    [`UPDATE "${NAME}".messaging_version SET version = 99`, /"orders" have version 99.*Update nestjs-button-messaging/],
    [
      `INSERT INTO bullmq.migration (version, name, min_client_version) VALUES (250, 'later', 6)`,
      /"bullmq" have version 250.*Update bullmq/,
    ],
  ])('rejects tables of a newer version by name: %s', async (change, words) => {
    await migrate('--database-url', urlOf('root'), '--name', NAME);
    await owner.query(change);
    const engine = { kind: 'postgres', connectionString: urlOf('root') } as const;
    const refused = await QueueApp.start(simulator, { engine, name: NAME }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigurationError);
    expect(String(refused)).toMatch(words);
    expect(await migrate('--database-url', urlOf('root'), '--name', NAME)).toMatchObject({ code: 1 });
  });
});
