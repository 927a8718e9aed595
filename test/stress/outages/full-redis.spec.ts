import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { startOwnRedis } from '../../support/servers/own-redis.js';

jest.setTimeout(60_000);

const own = await startOwnRedis();
if (!own) {
  const told = 'redis-server is not installed: what a full Redis does is not tested.';
  if (process.env.CI === 'true') throw new Error(told);
  process.stderr.write(`${told}\n`);
}

let simulator: GatewaySimulator;
const open: { close(): unknown }[] = [];
beforeAll(async () => {
  simulator = await GatewaySimulator.start();
});
afterAll(async () => {
  await Promise.all(open.map((each) => each.close()));
  await simulator.close();
  await own?.remove();
});

const itOnRedis = own ? it : it.skip;

itOnRedis('reports for each enqueued message whether it was kept when Redis is full', async () => {
  const { engine } = own ?? {};
  if (engine?.kind !== 'redis' || typeof engine.connection !== 'string') throw new Error('It is no Redis');
  const app = await QueueApp.start(simulator, { engine, name: 'full', worker: false }, { retry: {}, breaker: {} });
  const admin = new Redis(engine.connection);
  open.push(app, { close: () => admin.disconnect() });
  const used = Number(/used_memory:(\d+)/.exec(await admin.info('memory'))?.[1]);
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
  await admin.config('SET', 'maxmemory', String(used + 12_000_000));
  const image = `data:image/png;base64,${'A'.repeat(1_000_000)}`;
  const all = Array.from({ length: 20 }, () => app.queue.enqueue({ ...message(), header: { image } }));
  const ended = await Promise.allSettled(all);
  await admin.config('SET', 'maxmemory', '0');
  const accepted = ended.flatMap((end) => (end.status === 'fulfilled' ? [end.value.id] : []));
  expect(accepted.length).toBeGreaterThan(0);
  expect(accepted.length).toBeLessThan(20);
  for (const id of accepted) expect(await app.queue.find(id)).toMatchObject({ state: 'waiting' });
  expect((await app.queue.counts()).waiting).toBe(accepted.length);
});
