import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EmbeddedPostgres } from '../../../lib/embedded-postgres/embedded-postgres.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { until } from '../../support/time.js';

jest.setTimeout(120_000);
// The engines round to whole milliseconds.
const KEEP_MS = 1_200.5;

describe.each(ENGINES)('Retention of queued messages on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
  });
  afterAll(async () => {
    await simulator.close();
    await place.remove();
  });

  it('deletes sent and failed messages after keepMs and keepFailedMs, and no others', async () => {
    const { engine: kind, name } = place;
    const app = await QueueApp.start(simulator, { engine: kind, name, keepMs: KEEP_MS, keepFailedMs: KEEP_MS });
    const { id: sent } = await app.queue.enqueue(message('sent'));
    const endedAt = Date.now();
    expect((await app.is(sent, 'sent'))?.state).toBe('sent');
    simulator.fail('z-api', 'refused-with-200');
    const { id: failed } = await app.queue.enqueue(message('failed'));
    await app.is(failed, 'failed');
    simulator.fail('z-api', 'drop-after-accepting');
    const { id: held } = await app.queue.enqueue(message('held'));
    await app.is(held, 'held');
    const { id: delayed } = await app.queue.enqueue(message('later'), { sendAt: new Date(Date.now() + 600_000) });
    await until(async () => (await app.queue.find(sent)) === undefined, 20_000);
    expect(Date.now() - endedAt).toBeGreaterThanOrEqual(KEEP_MS);
    await until(async () => (await app.queue.find(failed)) === undefined, 20_000);
    expect(await app.queue.counts()).toMatchObject({ sent: 0, failed: 0, held: 1, delayed: 1 });
    expect((await app.queue.find(held))?.state).toBe('held');
    expect((await app.queue.find(delayed))?.state).toBe('delayed');
    await app.close();
  });

  it('keeps failed messages longer than sent ones and never deletes a retried one', async () => {
    const app = await QueueApp.start(simulator, { engine: place.engine, name: `${place.name}-longer`, keepMs: 1 });
    simulator.fail('z-api', 'refused-with-200');
    const { id: failed } = await app.queue.enqueue(message('failed'));
    await app.is(failed, 'failed');
    const { id: sent } = await app.queue.enqueue(message('sent'));
    await until(async () => app.events.some(({ kind, id }) => kind === 'sent' && id === sent));
    await until(async () => (await app.queue.find(sent)) === undefined, 20_000);
    expect(await app.queue.find(failed)).toMatchObject({ state: 'failed' });
    // The sweep may already have selected the message.
    const { engine: swept, messages } = app.connection;
    const forgotten = { queue: `${place.name}-longer`, state: 'failed', keepMs: 0, most: 1_000 } as const;
    const [retried, count] = await Promise.all([app.queue.retry(failed), swept.jobs.forget(messages, forgotten)]);
    expect(retried + count).toBe(1);
    if (retried === 1) await until(() => app.events.some(({ kind, id }) => kind === 'sent' && id === failed));
    await app.close();
  });
});

describe('Retention in the embedded database', () => {
  let simulator: GatewaySimulator;
  let place: Place;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn('embedded');
  });
  afterAll(async () => {
    await simulator.close();
    await place.remove();
  });

  it('frees the disk space of deleted messages', async () => {
    const { engine, name } = place;
    const app = await QueueApp.start(simulator, { engine, name, keepMs: KEEP_MS });
    const messages = Array.from({ length: 300 }, () => message());
    for await (const { error } of app.queue.enqueueMany(messages)) expect(error).toBeUndefined();
    await until(() => app.events.filter(({ kind }) => kind === 'sent').length === messages.length, 30_000);
    await until(async () => (await app.queue.counts()).sent === 0, 30_000);
    await app.close();
    expect(await bytesOf('bullmq.job', engine)).toBe(0);
  });
});

async function bytesOf(table: string, engine: Place['engine']): Promise<number> {
  const directory = engine.kind === 'embedded' ? (engine.directory ?? '') : '';
  const database = await EmbeddedPostgres.open({ directory });
  const { rows } = await database.pool.query('SELECT pg_relation_size($1::regclass)::int AS bytes', [table]);
  await database.close();
  return rows[0].bytes;
}
