import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { PoolClient } from 'pg';
import { EmbeddedPostgres } from '../../../lib/embedded-postgres/embedded-postgres.js';
import { until } from '../../support/time.js';
import { TemporaryDirectory } from './temporary-directory.js';

jest.setTimeout(60_000);
let directory: TemporaryDirectory;
let database: EmbeddedPostgres;
beforeAll(async () => {
  directory = await TemporaryDirectory.make();
  database = await EmbeddedPostgres.open({ directory: directory.path });
  await database.pool.query('CREATE TABLE entry (id text PRIMARY KEY, amount integer CHECK (amount > 0))');
}, 120_000);
afterAll(async () => {
  await database.close();
  await directory.remove();
});

async function insert(id: string, through: Pick<PoolClient, 'query'> = database.pool) {
  await through.query('INSERT INTO entry VALUES ($1, 1)', [id]);
}

async function has(id: string) {
  const { rows } = await database.pool.query({ text: 'SELECT id FROM entry WHERE id = $1', values: [id] });
  return rows.length === 1;
}

describe('EmbeddedPostgres transactions', () => {
  it('makes other clients wait until a transaction commits', async () => {
    const client = await database.pool.connect();
    await client.query('-- a comment first\n  /* and another */ begin');
    const order: string[] = [];
    const other = insert('from-another').then(() => order.push('another'));
    await insert('in-transaction', client);
    expect((await client.query("SELECT 1 FROM entry WHERE id = 'from-another'")).rowCount).toBe(0);
    order.push('commit');
    await client.query('COMMIT');
    client.release();
    await other;
    expect(order).toEqual(['commit', 'another']);
    expect(await has('in-transaction')).toBe(true);
  });

  it('isolates 40 concurrent transactions from each other', async () => {
    await database.pool.query("INSERT INTO entry VALUES ('counter', 1)");
    const increment = async () => {
      const client = await database.pool.connect();
      await client.query('BEGIN');
      const { rows } = await client.query("SELECT amount FROM entry WHERE id = 'counter'");
      await client.query("UPDATE entry SET amount = $1 WHERE id = 'counter'", [rows[0].amount + 1]);
      await client.query('COMMIT');
      client.release();
    };
    await Promise.all(Array.from({ length: 40 }, increment));
    const { rows } = await database.pool.query("SELECT amount FROM entry WHERE id = 'counter'");
    expect(rows).toEqual([{ amount: 41 }]);
  });

  it('rolls back a transaction when its client is released', async () => {
    const client = await database.pool.connect();
    await client.query('BEGIN');
    await insert('released', client);
    client.release();
    expect(await has('released')).toBe(false);
  });

  it('rolls back a transaction when its client is released before BEGIN completes', async () => {
    const client = await database.pool.connect();
    const begun = client.query('BEGIN');
    client.release();
    await begun;
    await insert('after-begin');
    expect(await has('after-begin')).toBe(true);
    const { rows } = await database.pool.query('SELECT pg_current_xact_id_if_assigned() IS NULL AS outside');
    expect(rows).toEqual([{ outside: true }]);
  });

  it('rolls back a transaction when its client is destroyed', async () => {
    const client = await database.pool.connect();
    await client.query('BEGIN');
    await insert('destroyed', client);
    client.release(true);
    expect(await has('destroyed')).toBe(false);
  });

  it('rejects statements after a failed one until ROLLBACK', async () => {
    const client = await database.pool.connect();
    await client.query('BEGIN');
    await expect(client.query('SELECT nothing')).rejects.toMatchObject({ code: '42703' });
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    client.release();
  });
});

describe('EmbeddedPostgres queries', () => {
  it('returns results in the order of the queries', async () => {
    const order: number[] = [];
    const ask = async (index: number) => {
      await database.pool.query('SELECT $1::int', [index]);
      order.push(index);
    };
    await Promise.all(Array.from({ length: 100 }, (_, index) => ask(index)));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('prepares a statement under the same name for several clients', async () => {
    const [one, two] = await Promise.all([database.pool.connect(), database.pool.connect()]);
    const named = (n: number) => ({ name: 'double', text: 'SELECT $1::int * 2 AS doubled', values: [n] });
    for (const [client, n] of [
      [one, 1],
      [two, 2],
      [one, 3],
      [two, 4],
    ] as const) {
      expect((await client.query(named(n))).rows).toEqual([{ doubled: n * 2 }]);
    }
    one.release();
    two.release();
  });

  it('prepares a repeated query once for all clients', async () => {
    const text = "SELECT $1::int + 1 AS next, 'kept' AS how";
    const ask = async (n: number) => (await database.pool.query(text, [n])).rows;
    const kept = async () => {
      const { rows } = await database.pool.query('SELECT name FROM pg_prepared_statements WHERE statement = $1', [
        text,
      ]);
      return rows.length;
    };
    expect(await ask(1)).toEqual([{ next: 2, how: 'kept' }]);
    expect(await kept()).toBe(0);
    expect(await Promise.all([2, 3, 4].map(ask))).toEqual([3, 4, 5].map((next) => [{ next, how: 'kept' }]));
    expect(await kept()).toBe(1);
  });

  it('prepares a query again after it failed', async () => {
    await database.pool.query('CREATE TABLE changing (a int)');
    const columns = async () => (await database.pool.query('SELECT * FROM changing WHERE $1', [true])).fields.length;
    for (let time = 0; time < 3; time += 1) expect(await columns()).toBe(1);
    await database.pool.query('ALTER TABLE changing ADD b int');
    await columns().catch(() => undefined);
    expect(await columns()).toBe(2);
    const { rows } = await database.pool.query(
      "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%changing%'",
    );
    expect(rows).toHaveLength(1);
  });

  it('prepares a query again after DEALLOCATE ALL and DISCARD ALL', async () => {
    const ask = async () => (await database.pool.query('SELECT $1::int AS a', [1])).rows;
    for (const end of ['DEALLOCATE ALL', 'DISCARD ALL']) {
      for (let time = 0; time < 3; time += 1) expect(await ask()).toEqual([{ a: 1 }]);
      await database.pool.query(end);
    }
    expect(await ask()).toEqual([{ a: 1 }]);
  });

  it('aborts a transaction in which a prepared query failed', async () => {
    const client = await database.pool.connect();
    const half = (of: number) => client.query('SELECT 1 / $1::int AS half', [of]);
    for (let time = 0; time < 3; time += 1) await half(1);
    await client.query('BEGIN');
    await expect(half(0)).rejects.toMatchObject({ code: '22012' });
    await expect(half(1)).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
    expect((await half(1)).rows).toEqual([{ half: 1 }]);
    expect((await half(1)).rows).toEqual([{ half: 1 }]);
    client.release();
  });

  it('accepts and returns values of several megabytes', async () => {
    const long = 'ä'.repeat(3_000_000);
    const { rows } = await database.pool.query('SELECT $1::text AS long', [long]);
    expect(rows[0].long === long).toBe(true);
  });

  it('rejects COPY FROM STDIN and keeps working', async () => {
    await expect(database.pool.query('COPY entry FROM STDIN')).rejects.toMatchObject({ code: '0A000' });
    await insert("'from stdin'");
    expect(await has("'from stdin'")).toBe(true);
  });
});

describe('EmbeddedPostgres notifications', () => {
  async function listenTo(...channels: string[]) {
    const client = await database.pool.connect();
    const heard: string[] = [];
    client.on('notification', ({ channel, payload }) => heard.push(`${channel}:${payload}`));
    for (const channel of channels) await client.query(`-- as BullMQ does\nLISTEN ${channel};`);
    return { client, heard };
  }

  it('notifies only the clients that listen to the channel', async () => {
    const jobs = await listenTo('JOBS');
    const both = await listenTo('jobs', '"Odd ""name"""');
    await database.pool.query("SELECT pg_notify('jobs', $1)", ['1']);
    await database.pool.query(`NOTIFY "Odd ""name""", '2'`);
    await until(() => both.heard.length === 2);
    expect(jobs.heard).toEqual(['jobs:1']);
    expect(both.heard).toEqual(['jobs:1', 'Odd "name":2']);
    jobs.client.release(true);
    both.client.release(true);
  });

  it('keeps notifying the other clients after one runs UNLISTEN', async () => {
    const stays = await listenTo('news');
    const stops = await listenTo('news');
    await stops.client.query('UNLISTEN *');
    await database.pool.query("NOTIFY news, 'late'");
    await until(() => stays.heard.length === 1);
    expect(stops.heard).toEqual([]);
    stays.client.release(true);
    stops.client.release(true);
  });

  it('notifies listeners on commit, including the client that sent the notification', async () => {
    const { client, heard } = await listenTo('own');
    await client.query('BEGIN');
    await client.query("NOTIFY own, 'x'");
    expect(heard).toEqual([]);
    await client.query('COMMIT');
    await until(() => heard.length === 1);
    client.release(true);
  });
});

describe('EmbeddedPostgres.close', () => {
  let own: TemporaryDirectory;
  let closing: EmbeddedPostgres;
  beforeEach(async () => {
    own = await TemporaryDirectory.make();
    closing = await EmbeddedPostgres.open({ directory: own.path });
    await closing.pool.query('CREATE TABLE entry (id integer)');
  }, 120_000);
  afterEach(async () => {
    await closing.close();
    await own.remove();
  });

  /** Runs 200 concurrent queries and resolves to the number that failed. */
  async function insertOften() {
    const queries = Array.from({ length: 200 }, () => closing.pool.query('INSERT INTO entry VALUES (1)'));
    return (await Promise.allSettled(queries)).filter(({ status }) => status === 'rejected').length;
  }

  async function rowsWhenOpenedAgain() {
    const again = await EmbeddedPostgres.open({ directory: own.path });
    const { rows } = await again.pool.query('SELECT count(*)::int FROM entry');
    await again.close();
    return rows[0].count;
  }

  it('completes pending queries without pool errors and rejects later queries', async () => {
    const errors: Error[] = [];
    closing.pool.on('error', (error) => errors.push(error));
    const failed = insertOften();
    await Promise.all([closing.close(), closing.close()]);
    await closing.close();
    expect(await failed).toBe(0);
    expect(errors).toEqual([]);
    await expect(closing.pool.query('SELECT 1')).rejects.toThrow();
    expect(await rowsWhenOpenedAgain()).toBe(200);
  });

  it('cuts off an open transaction and settles the queries that wait for it', async () => {
    const kept = await closing.pool.connect();
    await kept.query('BEGIN');
    await kept.query('INSERT INTO entry VALUES (2)');
    const failed = insertOften();
    await closing.close();
    await expect(kept.query('SELECT 1')).rejects.toThrow();
    expect(await rowsWhenOpenedAgain()).toBe(200 - (await failed));
  });

  it('closes a database whose worker thread ended, after rejecting its queries', async () => {
    const listening = await closing.pool.connect();
    const unanswered = closing.pool.query('SELECT pg_sleep(5)');
    const worker: unknown = Reflect.get(Reflect.get(closing, 'thread'), 'worker');
    if (!(worker instanceof Worker)) throw new Error('the thread is not where it was');
    await setImmediate();
    await worker.terminate();
    const ended = { name: 'EmbeddedPostgresError', code: 'database-failed' };
    await expect(unanswered).rejects.toMatchObject(ended);
    await expect(closing.pool.query('SELECT 1')).rejects.toMatchObject(ended);
    await expect(listening.query('SELECT 1')).rejects.toThrow();
    await closing.close();
    expect(await rowsWhenOpenedAgain()).toBe(0);
  });
});
