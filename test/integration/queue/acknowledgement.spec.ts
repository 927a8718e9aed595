import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Pool } from 'pg';
import type { ButtonMessagingModuleOptions } from '../../../lib/index.js';
import type { ButtonMessagingQueueOptions } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { type EngineName, type Place, placeOn, SERVERS } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { until } from '../../support/time.js';
import { newPool } from './stores/services.js';

jest.setTimeout(120_000);

/** Long enough to lock all rows before the response, even on a busy machine. */
const ANSWER_MS = 1_500;
const MESSAGES = 12;
/** Longer than a worker's lock on its messages. */
const LONG_MS = 12_000;
const ROUNDS = 3;

const ON_POSTGRES = SERVERS.filter((engine) => engine === 'postgres');

/** The function that ends the blocked statements of other sessions. */
type Ending = 'pg_cancel_backend' | 'pg_terminate_backend';

const block = (engine: EngineName) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let pool: Pool;
  let app: QueueApp;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    pool = newPool();
  });
  afterEach(async () => {
    simulator.heal();
    await app.close();
  });
  afterAll(async () => {
    await pool.end();
    await simulator.close();
    await place.remove();
  });

  const start = async (
    name: string,
    options: ButtonMessagingQueueOptions = {},
    messaging: ButtonMessagingModuleOptions = {},
  ) => {
    const queue = { engine: place.engine, name: `${place.name}-${name}`, ...options };
    app = await QueueApp.start(simulator, queue, messaging);
    return `${place.name}-${name}`;
  };

  /** Locks the rows of the queue during `work`, and ends the sessions or statements that wait for them. */
  const whileLocked = async (queue: string, ending: Ending, work: () => Promise<unknown>) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const { rows } = await client.query('SELECT pg_backend_pid() AS own');
      await client.query('SELECT 1 FROM bullmq.job WHERE queue = $1 FOR UPDATE', [queue]);
      const endAll = async () => {
        const ended = await pool.query(
          `SELECT ${ending}(pid) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))`,
          [rows[0].own],
        );
        return ended.rowCount ?? 0;
      };
      for (let round = 0; round < ROUNDS; round += 1) await until(async () => (await endAll()) > 0);
      await work();
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };

  const allLeft = (text: string) =>
    until(() => simulator.messages().filter((one) => one.text.startsWith(text)).length === MESSAGES);

  const enqueueAll = (text: string) =>
    Promise.all(
      Array.from({ length: MESSAGES }, async (_, index) => {
        const key = `${text}${index}`;
        const once = { ...message(key), to: '5511999990003' };
        const enqueue = async () => (await app.queue.enqueue(once, { idempotencyKey: key })).id;
        return { key, id: await enqueue(), enqueue };
      }),
    );

  it.each([
    { ending: 'pg_cancel_backend', attempts: 1 },
    { ending: 'pg_cancel_backend', attempts: 5 },
    { ending: 'pg_terminate_backend', attempts: 1 },
    { ending: 'pg_terminate_backend', attempts: 5 },
  ] as const)('writes the response again after $ending, with $attempts attempts', async ({ ending, attempts }) => {
    const text = `${ending} ${attempts} `;
    const queue = await start(`${ending}-${attempts}`, { attempts });
    simulator.fail('z-api', { delayMs: ANSWER_MS }, Number.POSITIVE_INFINITY);
    const messages = await enqueueAll(text);
    await allLeft(text);
    await whileLocked(queue, ending, () => Promise.resolve());
    await until(async () => (await app.queue.counts()).sent === MESSAGES, 30_000);
    for (const { id, enqueue } of messages) expect(await enqueue()).toBe(id);
    await until(async () => (await app.queue.counts()).active === 0);
    expect(await app.queue.counts()).toMatchObject({ sent: MESSAGES, held: 0, failed: 0, waiting: 0, delayed: 0 });
    expect(simulator.messages().filter((one) => one.text.startsWith(text))).toHaveLength(MESSAGES);
    expect(app.events.filter(({ kind }) => kind === 'sent')).toHaveLength(MESSAGES);
    expect(app.events.filter(({ kind }) => kind === 'failed' || kind === 'held')).toEqual([]);
  });

  it('writes the response even if another worker has taken over the message', async () => {
    const queue = await start('long');
    simulator.fail('z-api', { delayMs: ANSWER_MS }, Number.POSITIVE_INFINITY);
    const messages = await enqueueAll('long ');
    await allLeft('long ');
    const other = await QueueApp.start(simulator, { engine: place.engine, name: queue });
    try {
      await whileLocked(queue, 'pg_cancel_backend', () => pause(LONG_MS));
      await until(async () => (await app.queue.counts()).sent === MESSAGES, 60_000);
      expect(await app.queue.counts()).toMatchObject({ sent: MESSAGES, held: 0, failed: 0 });
      for (const { id } of messages) expect((await app.queue.find(id))?.state).toBe('sent');
      expect(simulator.messages().filter((one) => one.text.startsWith('long '))).toHaveLength(MESSAGES);
    } finally {
      await other.close();
    }
  });

  it('resends a message that is known as not sent, and does not hold it', async () => {
    // With one attempt, only the queue retries the message.
    const queue = await start('refused', {}, { retry: { attempts: 1 } });
    simulator.fail('z-api', { delayMs: ANSWER_MS, next: 'unavailable' }, 1);
    const { id } = await app.queue.enqueue(message('refused'));
    await until(
      async () =>
        (await pool.query('SELECT 1 FROM bullmq.job WHERE queue = $1 AND progress = $2', [queue, '"request-left"']))
          .rowCount === 1,
    );
    await whileLocked(queue, 'pg_cancel_backend', () => Promise.resolve());
    await app.is(id, 'sent', 30_000);
    expect(simulator.messages().filter((one) => one.text === 'refused')).toHaveLength(1);
  });
};

describeOnServers('Acknowledgement of provider responses on %s', block, ON_POSTGRES);
