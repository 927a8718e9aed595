import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { ButtonReplyEvent } from '../../../../lib/events/messaging-event.interface.js';
import {
  migrate,
  PostgresIdempotencyStore,
  PostgresPacingStore,
  PostgresPersonStore,
  type PostgresPool,
  PostgresRepeatStore,
  PostgresReplyExchange,
  PostgresSentMessageStore,
  SharedStoreError,
  sweep,
} from '../../../../lib/queue/stores/index.js';
import { hashKey } from '../../../../lib/queue/stores/key-and-ttl.js';
import { until } from '../../../support/time.js';
import { PostgresBackend } from './backends.js';
import { missingServices, newPool, POSTGRES_URL } from './services.js';
import { buttonReply, rememberedMessage } from './values.js';

const HOUR_MS = 3_600_000;
const PHONE = '5511999990000';
const describePostgres = (await missingServices()).includes('postgres') ? describe.skip : describe;

describePostgres('PostgreSQL stores', () => {
  let backend: PostgresBackend;
  let pool: pg.Pool;

  beforeAll(async () => {
    backend = await PostgresBackend.open();
    [pool] = backend.pools;
  });
  afterAll(() => backend.close());

  const rows = async (table: string) => (await pool.query(`SELECT * FROM ${backend.schema}.${table}`)).rows;

  test('creates the tables once in concurrent migrations, under any schema name', async () => {
    const schema = `Test "${randomUUID()}"`;
    try {
      await Promise.all(Array.from({ length: 10 }, (_, index) => migrate(backend.pools[index % 2 ? 1 : 0], schema)));
      await migrate(pool, schema);
      const store = new PostgresRepeatStore(pool, schema);
      expect(await store.isFirst('press', HOUR_MS)).toBe(true);
      expect(await store.isFirst('press', HOUR_MS)).toBe(false);
      const exchange = new PostgresReplyExchange(pool, schema);
      expect(await exchange.ready()).toBe(true);
      await exchange.close();
    } finally {
      await pool.query(`DROP SCHEMA IF EXISTS ${pg.escapeIdentifier(schema)} CASCADE`);
    }
  });

  test('needs no right to change a schema that is up to date', async () => {
    const role = `test_${randomUUID().replaceAll('-', '')}`;
    await pool.query(`CREATE ROLE ${role}`);
    const restricted = new pg.Pool({ connectionString: POSTGRES_URL, options: `-c role=${role}`, max: 2 });
    try {
      await pool.query(`GRANT USAGE ON SCHEMA ${backend.schema} TO ${role}`);
      await pool.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${backend.schema} TO ${role}`);
      await migrate(restricted, backend.schema);
      await expect(migrate(restricted, `${role}_other`)).rejects.toMatchObject({ reason: '42501' });
      expect(await new PostgresRepeatStore(restricted, backend.schema).isFirst('restricted', HOUR_MS)).toBe(true);
      expect(await sweep(restricted, backend.schema)).toBeGreaterThanOrEqual(0);
    } finally {
      await restricted.end();
      await pool.query(`DROP OWNED BY ${role}`);
      await pool.query(`DROP ROLE ${role}`);
    }
  });

  describe('with tables of version 1', () => {
    const schema = `test_${randomUUID().replaceAll('-', '')}`;

    beforeAll(async () => {
      await migrate(pool, schema);
      await pool.query(`DROP TABLE ${schema}.messaging_people; UPDATE ${schema}.messaging_version SET version = 1`);
    });
    afterAll(() => pool.query(`DROP SCHEMA ${schema} CASCADE`));

    test('keeps the tables unchanged when the role may not change them', async () => {
      const role = `test_${randomUUID().replaceAll('-', '')}`;
      await pool.query(`CREATE ROLE ${role}`);
      const restricted = new pg.Pool({ connectionString: POSTGRES_URL, options: `-c role=${role}`, max: 1 });
      try {
        await pool.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
        await pool.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`);
        await expect(migrate(restricted, schema)).rejects.toMatchObject({ code: 'shared-store', reason: '42501' });
        expect((await pool.query(`SELECT version FROM ${schema}.messaging_version`)).rows).toEqual([{ version: 1 }]);
      } finally {
        await restricted.end();
        await pool.query(`DROP OWNED BY ${role}`);
        await pool.query(`DROP ROLE ${role}`);
      }
    });

    test('adds the table of people once and keeps existing rows', async () => {
      const sent = new PostgresSentMessageStore(pool, schema);
      await sent.remember(rememberedMessage());
      await Promise.all(Array.from({ length: 10 }, (_, index) => migrate(backend.pools[index % 2 ? 1 : 0], schema)));
      expect((await pool.query(`SELECT version FROM ${schema}.messaging_version`)).rows).toEqual([{ version: 2 }]);
      const people = new PostgresPersonStore(pool, schema);
      await people.save('sales', { phone: '551199990000', lid: '90000000000001@lid' });
      expect(await people.find('sales', '90000000000001@lid')).toMatchObject({ phone: '551199990000' });
      expect(await sent.byMessageId('sales', 'M1')).toStrictEqual(rememberedMessage());
      expect(await sweep(pool, schema)).toBe(0);
    });
  });

  test('rejects an invalid schema name', () => {
    for (const schema of ['', 'x'.repeat(64)]) {
      expect(() => new PostgresRepeatStore(pool, schema)).toThrow(TypeError);
    }
  });

  test('deletes only expired rows in concurrent sweeps, in batches', async () => {
    const brief = new PostgresSentMessageStore(pool, backend.schema, { keepMs: 1 });
    const lasting = new PostgresSentMessageStore(pool, backend.schema);
    for (let index = 0; index < 12; index += 1) {
      const store = index % 4 === 0 ? lasting : brief;
      await store.remember(rememberedMessage({ messageIds: [`swept ${index}`], buttons: [] }));
    }
    await until(async () => (await brief.byMessageId('sales', 'swept 11')) === undefined);
    const swept = await Promise.all(backend.pools.map((each) => sweep(each, backend.schema, { rowsAtOnce: 2 })));
    expect(swept.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(9);
    expect(await rows('messaging_sent')).toHaveLength(3);
    expect(await lasting.byMessageId('sales', 'swept 8')).toBeDefined();
  });

  test('writes concurrent messages in one statement, newest first', async () => {
    const statements: string[] = [];
    const counted: PostgresPool = {
      connect: () => pool.connect(),
      query: (text, values) => {
        statements.push(text);
        return pool.query(text, values);
      },
    };
    const store = new PostgresSentMessageStore(counted, backend.schema);
    const messages = [0, 1, 2, 3, 4, 5, 6].map((index) =>
      rememberedMessage({ messageIds: [`together ${index}`], recipients: ['together', `apart ${index}`] }),
    );
    const [first, ...others] = messages;
    if (first) await store.remember(first);
    statements.length = 0;
    await Promise.all(others.map((message) => store.remember(message)));
    expect(statements).toHaveLength(1);
    expect(await store.recentTo('sales', 'together')).toStrictEqual(messages.toReversed().slice(0, 5));
    expect(await store.recentTo('sales', 'apart 3')).toStrictEqual(messages.slice(3, 4));
  });

  test('reads the sent messages of version 0.1 and adds to them', async () => {
    const [store] = backend.sentMessages();
    const { messageIds, recipients, ...rest } = rememberedMessage();
    const old = JSON.stringify({ ...rest, messageId: 'old', recipient: 'of-old' });
    await pool.query(
      `INSERT INTO ${backend.schema}.messaging_sent VALUES ($1, $3, now() + '1 hour'), ($2, $3, now() + '1 hour')`,
      [hashKey('id', 'sales', 'old'), hashKey('to', 'sales', 'of-old'), old],
    );
    const asNow = rememberedMessage({ messageIds: ['old'], recipients: ['of-old'] });
    expect(await store.byMessageId('sales', 'old')).toStrictEqual(asNow);
    const next = rememberedMessage({ messageIds: ['next'], recipients: ['of-old'] });
    await store.remember(next);
    expect(await store.recentTo('sales', 'of-old')).toStrictEqual([next, asNow]);
  });

  test('keeps people for 90 days and deletes them in the next sweep', async () => {
    const [people] = backend.people();
    await people.save('sales', { phone: '551199990077', lid: '90000000000077@lid' });
    const kept = await pool.query(
      `SELECT count(*)::int AS people FROM ${backend.schema}.messaging_people
       WHERE expires_at > now() + '89 days 23 hours' AND expires_at <= now() + '90 days'`,
    );
    expect(kept.rows).toEqual([{ people: 2 }]);
    await pool.query(`UPDATE ${backend.schema}.messaging_people SET expires_at = now()`);
    expect(await people.find('sales', '551199990077')).toBeUndefined();
    await sweep(pool, backend.schema);
    expect(await rows('messaging_people')).toEqual([]);
  });

  test('stops the sweep when its signal is aborted', async () => {
    const repeats = new PostgresRepeatStore(pool, backend.schema);
    await repeats.isFirst('expired', 1);
    expect(await sweep(pool, backend.schema, { signal: AbortSignal.abort() })).toBe(0);
  });

  test('stores no phone number in a key', async () => {
    await backend.idempotency()[0].reserve(`sales ${PHONE}`, 'f', HOUR_MS);
    await backend.pacing()[0].reserve(`sales ${PHONE}`, { perSecond: 1, burst: 1 }, HOUR_MS);
    await backend.repeats()[0].isFirst(`sales ${PHONE}`, HOUR_MS);
    await backend.people()[0].save('sales', { phone: PHONE });
    await backend.sentMessages()[0].remember(rememberedMessage({ recipients: [PHONE] }));
    for (const table of ['idempotency', 'pacing', 'repeats', 'people', 'sent']) {
      const keys = (await rows(`messaging_${table}`)).map(({ key }) => key);
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.join(' ')).not.toContain(PHONE);
    }
  });

  test('delivers replies again after a lost connection', async () => {
    const [one, other] = await backend.exchange();
    const heard: ButtonReplyEvent[] = [];
    one.subscribe('cut', (reply) => heard.push(reply));
    const cut = await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE query LIKE 'LISTEN messaging_replies%' AND application_name = $1`,
      [backend.schema],
    );
    expect(cut.rowCount).toBe(2);
    await until(async () => {
      await other.publish('cut', buttonReply());
      return heard.length > 0;
    });
    expect(heard[0]).toStrictEqual(buttonReply());
    expect(await one.ready()).toBe(true);
  });

  test('releases the connection that listened for replies on close', async () => {
    const own = newPool();
    const exchange = new PostgresReplyExchange(own, backend.schema);
    expect(await exchange.ready()).toBe(true);
    await exchange.close();
    await own.end();
    expect(own.totalCount).toBe(0);
  });

  test('fails without the stored content in the error', async () => {
    const [store] = backend.idempotency();
    await pool.query(
      `ALTER TABLE ${backend.schema}.messaging_idempotency ADD CONSTRAINT refusing CHECK (state <> 'done')`,
    );
    await store.reserve('refused', 'f', HOUR_MS);
    const error = await store.complete('refused', { text: `to ${PHONE}` })?.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SharedStoreError);
    expect(error).toMatchObject({ code: 'shared-store', outcome: 'not-sent', retryable: true, reason: '23514' });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(PHONE);
  });

  describe('without a server', () => {
    const away = new pg.Pool({ host: '127.0.0.1', port: 1, user: 'nobody' });
    afterAll(() => away.end());

    test('fails with SharedStoreError, without the stored content', async () => {
      const calls = [
        () => migrate(away, 's'),
        () => sweep(away, 's'),
        () => new PostgresIdempotencyStore(away, 's').reserve(PHONE, 'f', HOUR_MS),
        () => new PostgresIdempotencyStore(away, 's').complete(PHONE, PHONE),
        () => new PostgresPacingStore(away, 's').reserve(PHONE, { perSecond: 1, burst: 1 }, HOUR_MS),
        async () => new PostgresPacingStore(away, 's').pausedFor([PHONE]),
        () => new PostgresSentMessageStore(away, 's').remember(rememberedMessage()),
        () => new PostgresSentMessageStore(away, 's').recentTo('sales', PHONE),
        () => new PostgresPersonStore(away, 's').find('sales', PHONE),
        () => new PostgresPersonStore(away, 's').save('sales', { phone: PHONE }),
        () => new PostgresRepeatStore(away, 's').isFirst(PHONE, HOUR_MS),
      ];
      for (const call of calls) {
        const error: unknown = await call().catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: 'shared-store', reason: 'ECONNREFUSED' });
        expect(inspect(error, { depth: null, showHidden: true })).not.toContain(PHONE);
      }
    });

    test('delivers replies in the own process and limits the wait in ready()', async () => {
      const exchange = new PostgresReplyExchange(away, 's');
      const heard: ButtonReplyEvent[] = [];
      exchange.subscribe('alone', (reply) => heard.push(reply));
      expect(await exchange.ready(20)).toBe(false);
      await expect(exchange.publish('alone', buttonReply())).rejects.toBeInstanceOf(SharedStoreError);
      expect(heard).toEqual([buttonReply()]);
      await exchange.close();
    });
  });
});
