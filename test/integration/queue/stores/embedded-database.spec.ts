import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EmbeddedPostgres } from '../../../../lib/embedded-postgres/embedded-postgres.js';
import type { ButtonReplyEvent } from '../../../../lib/events/messaging-event.interface.js';
import {
  migrate,
  PostgresIdempotencyStore,
  PostgresPacingStore,
  PostgresPersonStore,
  PostgresRepeatStore,
  PostgresReplyExchange,
  PostgresSentMessageStore,
  sweep,
} from '../../../../lib/queue/stores/index.js';
import { until } from '../../../support/time.js';
import { buttonReply, RECIPIENT, rememberedMessage, sentMessage } from './values.js';

const SCHEMA = 'messaging';
const HOUR_MS = 3_600_000;

describe('PostgreSQL stores on EmbeddedPostgres', () => {
  let directory: string;
  let database: EmbeddedPostgres;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'messaging-stores-'));
    database = await EmbeddedPostgres.open({ directory: join(directory, 'data') });
    await Promise.all([migrate(database.pool, SCHEMA), migrate(database.pool, SCHEMA)]);
  }, 60_000);

  afterAll(async () => {
    await database.close();
    await rm(directory, { recursive: true, force: true });
  });

  test('reserves, completes and releases idempotency keys', async () => {
    const store = new PostgresIdempotencyStore(database.pool, SCHEMA);
    const asked = await Promise.all(Array.from({ length: 50 }, () => store.reserve('key', 'f', HOUR_MS)));
    expect(asked.filter(({ state }) => state === 'reserved')).toHaveLength(1);
    await store.complete('key', sentMessage());
    expect(await store.reserve('key', 'f', HOUR_MS)).toStrictEqual({ state: 'done', value: sentMessage() });
    expect(await store.reserve('key', 'g', HOUR_MS)).toEqual({ state: 'conflict' });
    await store.release('key');
    expect(await store.reserve('key', 'g', HOUR_MS)).toEqual({ state: 'reserved' });
  });

  test('reserves turns and keeps pauses', async () => {
    const store = new PostgresPacingStore(database.pool, SCHEMA);
    expect(await store.reserve('sales', { perSecond: 0.1, burst: 1 }, HOUR_MS)).toBe(0);
    expect(await store.reserve('sales', { perSecond: 0.1, burst: 1 }, 0)).toBeGreaterThan(5_000);
    await store.pause('sales', HOUR_MS);
    expect((await store.pausedFor(['sales']))[0]).toBeGreaterThan(HOUR_MS / 2);
  });

  test('remembers sent messages and repeats', async () => {
    const sent = new PostgresSentMessageStore(database.pool, SCHEMA);
    await sent.remember(rememberedMessage());
    expect(await sent.byMessageId('sales', 'M1')).toStrictEqual(rememberedMessage());
    expect(await sent.recentTo('sales', RECIPIENT)).toStrictEqual([rememberedMessage()]);
    const repeats = new PostgresRepeatStore(database.pool, SCHEMA);
    expect(await repeats.isFirst('press', HOUR_MS)).toBe(true);
    expect(await repeats.isFirst('press', HOUR_MS)).toBe(false);
  });

  test('saves and finds people', async () => {
    const people = new PostgresPersonStore(database.pool, SCHEMA);
    await people.save('sales', { phone: RECIPIENT, lid: '90000000000001@lid' });
    await people.save('sales', { phone: RECIPIENT, lid: '90000000000001@lid', userId: 'BR.1A2b3C' });
    const known = { phone: RECIPIENT, lid: '90000000000001@lid', userId: 'BR.1A2b3C' };
    expect(await people.find('sales', RECIPIENT)).toEqual(known);
    expect(await people.find('sales', 'BR.1A2b3C')).toEqual(known);
    expect(await people.find('support', RECIPIENT)).toBeUndefined();
  });

  test('delivers replies, small and large', async () => {
    const one = new PostgresReplyExchange(database.pool, SCHEMA);
    const other = new PostgresReplyExchange(database.pool, SCHEMA);
    expect(await Promise.all([one.ready(), other.ready()])).toEqual([true, true]);
    const heard: ButtonReplyEvent[] = [];
    one.subscribe('asked', (reply) => heard.push(reply));
    const replies = [buttonReply(), buttonReply({ raw: 'x'.repeat(20_000) })];
    for (const reply of replies) await other.publish('asked', reply);
    await until(() => heard.length >= 2);
    expect(heard).toStrictEqual(replies);
    await Promise.all([one.close(), other.close()]);
  });

  test('sweeps expired rows', async () => {
    const repeats = new PostgresRepeatStore(database.pool, SCHEMA);
    await repeats.isFirst('brief', 1);
    await until(async () => (await sweep(database.pool, SCHEMA)) > 0);
  });
});
