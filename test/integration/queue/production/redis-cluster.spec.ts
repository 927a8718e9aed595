import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Cluster } from 'ioredis';
import type { QueueEngineOptions } from '../../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { message, QueueApp } from '../../../support/queue/queue-app.js';
import { isInstalled, type RedisServer, startCluster } from '../../../support/servers/redis-servers.js';
import { until } from '../../../support/time.js';
import { Campaign } from './campaign.js';

jest.setTimeout(120_000);

type Connection = Extract<QueueEngineOptions, { kind: 'redis' }>['connection'];

if (isInstalled('redis-server', 'redis-cli'))
  describe('Queue on a Redis Cluster', () => {
    let simulator: GatewaySimulator;
    let cluster: Awaited<ReturnType<typeof startCluster>>;
    let servers: RedisServer[];
    const apps: QueueApp[] = [];
    beforeAll(async () => {
      simulator = await GatewaySimulator.start({ keep: 100_000 });
      cluster = await startCluster(1);
      ({ servers } = cluster);
    });
    afterAll(async () => {
      await Promise.all(apps.map((app) => app.close()));
      await cluster?.remove();
      await simulator?.close();
    });

    const nodes = () => servers.map(({ port }) => ({ host: '127.0.0.1', port }));
    const replicas = async () => {
      const roles = await Promise.all(servers.map(({ client }) => client.info()));
      return servers.filter((_, index) => roles[index]?.includes('role:slave'));
    };
    const start = async (name: string, connection: Connection, worker = true) => {
      const app = await QueueApp.start(simulator, {
        engine: { kind: 'redis', connection },
        name,
        worker,
        events: 'queue',
      });
      apps.push(app);
      return app;
    };

    it('connects through the address of one node', async () => {
      const app = await start('one-address', `redis://127.0.0.1:${servers[0]?.port}`);
      await app.is((await app.queue.enqueue(message('one'))).id, 'sent');
    });

    it('accepts a Cluster instance of the application and leaves it usable', async () => {
      const own = new Cluster(nodes());
      try {
        const app = await start('own-instance', own);
        await app.is((await app.queue.enqueue(message('own'))).id, 'sent');
        await expect(own.set('mine', '1')).resolves.toBe('OK');
      } finally {
        own.disconnect();
      }
    });

    it('sends, cancels, pauses and holds messages as on a single server', async () => {
      const one = await start('whole', { nodes: nodes() });
      const other = await start('whole', `redis://127.0.0.1:${servers[1]?.port}`, false);
      const texts = Array.from({ length: 60 }, (_, index) => `whole ${index}`);
      const ids = await Promise.all(texts.map(async (text) => (await other.queue.enqueue(message(text))).id));
      await until(async () => (await one.queue.counts()).sent === texts.length, 30_000);
      await until(() => ids.every((id) => other.events.some((event) => event.kind === 'sent' && event.id === id)));
      // Cancelled while it waits, and paused by the other process.
      const later = await other.queue.enqueue(message('later'), { sendAt: new Date(Date.now() + 60_000) });
      expect(await one.queue.cancel(later.id)).toBe(true);
      await other.queue.pause();
      const { id } = await one.queue.enqueue(message('paused'), { idempotencyKey: 'once' });
      expect((await one.queue.enqueue(message('paused'), { idempotencyKey: 'once' }).catch(() => ({ id }))).id).toBe(
        id,
      );
      expect(await one.queue.counts()).toMatchObject({ waiting: 1 });
      await other.queue.resume();
      await one.is(id, 'sent');
      // Held and discarded.
      simulator.fail('z-api', 'drop-after-accepting');
      const unknown = await one.queue.enqueue(message('unknown'));
      await one.is(unknown.id, 'held', 20_000);
      await other.queue.release(unknown.id, 'discard');
      expect(await one.queue.counts()).toMatchObject({ held: 0 });
    });

    it('loses no message and sends none twice during a failover', async () => {
      const app = await start('failover', { nodes: nodes() });
      simulator.fail('z-api', () => ({ delayMs: 20 }), Number.POSITIVE_INFINITY);
      const campaign = new Campaign(app, simulator, 'failover');
      campaign.start(400);
      await campaign.advance(100);
      for (const replica of await replicas()) await replica.client.cluster('FAILOVER');
      const { sent, twice, held, failed } = await campaign.end();
      expect({ twice, failed }).toEqual({ twice: [], failed: 0 });
      expect(sent).toBeGreaterThanOrEqual(400 - held);
    });

    it('continues when the master of its keys is killed', async () => {
      const app = await start('killed', { nodes: nodes() });
      const key = '{bull}:killed:meta';
      const slot = Number(await servers[0]?.client.cluster('KEYSLOT', key));
      const ranges = (await servers[0]?.client.cluster('SLOTS')) ?? [];
      const port = ranges.find(([from, to]) => from <= slot && slot <= to)?.[2]?.[1];
      await servers.find((server) => server.port === port)?.process.end('SIGKILL');
      const given = message('after');
      await until(
        () =>
          app.queue.enqueue(given, { idempotencyKey: 'after' }).then(
            () => true,
            () => false,
          ),
        30_000,
      );
      await until(() => simulator.messages().some(({ text }) => text === 'after'), 30_000);
    });
  });
