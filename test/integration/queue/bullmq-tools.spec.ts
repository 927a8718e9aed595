import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { createPostgresBackend, isPgPool, Queue, withBackend } from 'bullmq';
import { Pool } from 'pg';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { type EngineName, type Place, placeOn } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { POSTGRES_URL, REDIS_URL } from './stores/services.js';

jest.setTimeout(120_000);
let simulator: GatewaySimulator;
beforeAll(async () => {
  simulator = await GatewaySimulator.start();
});
afterAll(() => simulator.close());

/** Creates one message in each state. */
async function withEveryState(app: QueueApp) {
  const { id: sent } = await app.queue.enqueue(message('sent'));
  await app.is(sent, 'sent');
  simulator.fail('z-api', 'refused-with-200');
  const { id: failed } = await app.queue.enqueue(message('failed'));
  await app.is(failed, 'failed');
  simulator.fail('z-api', 'drop-after-accepting');
  const { id: held } = await app.queue.enqueue(message('held'));
  await app.is(held, 'held');
  const { id: delayed } = await app.queue.enqueue(message('delayed'), { sendAt: new Date(Date.now() + 600_000) });
  return { sent, failed, held, delayed };
}

/** Opens the queue with BullMQ, as its tools do. */
function openQueue(engine: EngineName, name: string): { queue: Queue; close(): Promise<void> } {
  if (engine === 'redis') {
    const queue = new Queue(name, { connection: { url: REDIS_URL } });
    return { queue, close: () => queue.close() };
  }
  const pool = new Pool({ connectionString: POSTGRES_URL, options: '-c search_path=bullmq,public' });
  const connection: unknown = pool;
  if (!isPgPool(connection)) throw new Error('BullMQ does not take the pool for one of node-postgres');
  const queue = new (withBackend(createPostgresBackend).Queue)(name, { connection });
  return { queue: queue as unknown as Queue, close: () => queue.close().then(() => pool.end()) };
}

async function boardOf(queues: Queue[]): Promise<INestApplication> {
  const adapter = new ExpressAdapter();
  adapter.setBasePath('/board');
  createBullBoard({ queues: queues.map((queue) => new BullMQAdapter(queue)), serverAdapter: adapter });
  const app = (await Test.createTestingModule({}).compile()).createNestApplication();
  app.use('/board', adapter.getRouter());
  await app.listen(0, '127.0.0.1');
  return app;
}

// The embedded engine supports only one process, so tools cannot connect from outside.
describeOnServers('Tools of BullMQ on %s', (engine) => {
  let place: Place;
  let app: QueueApp;
  const [open, boards]: [{ close(): Promise<void> }[], INestApplication[]] = [[], []];
  beforeAll(async () => {
    place = await placeOn(engine);
    app = await QueueApp.start(simulator, { engine: place.engine, name: place.name });
  });
  afterAll(async () => {
    await Promise.all(boards.map((board) => board.close()));
    await Promise.all(open.map((queue) => queue.close()));
    await app?.close();
    await place.remove();
  });

  it('shows messages of every state in Bull Board', async () => {
    const ids = await withEveryState(app);
    const queues = [place.name, `${place.name}-held`].map((name) => openQueue(engine, name));
    open.push(...queues);
    const board = await boardOf(queues.map(({ queue }) => queue));
    boards.push(board);
    const shown = async (queue: string, status: string) => {
      const answer = await fetch(`${await board.getUrl()}/board/api/queues?activeQueue=${queue}&status=${status}`);
      const { queues = [] } = (await answer.json()) as { queues?: { name: string; jobs: { id: string }[] }[] };
      return queues.find(({ name }) => name === queue)?.jobs.map(({ id }) => id);
    };
    expect(await shown(place.name, 'completed')).toEqual([ids.sent]);
    expect(await shown(place.name, 'failed')).toEqual([ids.failed]);
    expect(await shown(place.name, 'delayed')).toEqual([ids.delayed]);
    expect(await shown(`${place.name}-held`, 'waiting')).toEqual([ids.held]);
  });

  it('shows the reason of a failed job without a stack trace', async () => {
    simulator.fail('z-api', 'refused-with-200');
    const { id } = await app.queue.enqueue(message('refused'));
    await app.is(id, 'failed');
    const messages = openQueue(engine, place.name);
    open.push(messages);
    const job = await messages.queue.getJob(id);
    expect(job?.failedReason).toMatch(/^[a-z-]+: /);
    expect(job?.stacktrace).toEqual([]);
  });
});
