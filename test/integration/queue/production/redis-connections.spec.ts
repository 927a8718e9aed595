import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Cluster, Redis } from 'ioredis';
import { ConfigurationError } from '../../../../lib/index.js';
import type { QueueEngineOptions } from '../../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { message, QueueApp } from '../../../support/queue/queue-app.js';
import { isInstalled, type RedisServer, startRedis } from '../../../support/servers/redis-servers.js';

jest.setTimeout(60_000);

type Connection = Extract<QueueEngineOptions, { kind: 'redis' }>['connection'];

const PASSWORD = 'another-4711';

if (isInstalled('redis-server'))
  describe('Option connection of the Redis engine', () => {
    let simulator: GatewaySimulator;
    let server: RedisServer;
    beforeAll(async () => {
      simulator = await GatewaySimulator.start();
      server = await startRedis();
      await server.client.config('SET', 'requirepass', PASSWORD);
      await server.client.auth(PASSWORD);
    });
    afterAll(async () => {
      await server?.remove();
      await simulator?.close();
    });

    const start = (connection: Connection, name: string) =>
      QueueApp.start(simulator, { engine: { kind: 'redis', connection }, name, events: 'queue' });

    const sends = async (connection: Connection, name: string) => {
      const app = await start(connection, name);
      try {
        await app.is((await app.queue.enqueue(message(name))).id, 'sent');
        expect(await server.client.keys(`*${name}*`)).not.toEqual([]);
      } finally {
        await app.close();
      }
    };

    it('accepts an ioredis instance and leaves it usable for the application', async () => {
      const options = { port: server.port, password: PASSWORD, db: 0, maxRetriesPerRequest: 3 };
      const own = new Redis({ ...options, stringNumbers: true, commandTimeout: 50 });
      try {
        await sends(own, 'instance');
        await expect(own.set('mine', '1')).resolves.toBe('OK');
        expect(own.status).toBe('ready');
        expect(own.listenerCount('error')).toBe(0);
      } finally {
        own.disconnect();
      }
    });

    it('accepts an ioredis instance that is not connected and does not connect it', async () => {
      const own = new Redis({ port: server.port, password: PASSWORD, lazyConnect: true });
      await sends(own, 'lazy');
      expect(own.status).toBe('wait');
      own.disconnect();
    });

    it('accepts an instance of another copy of ioredis', async () => {
      // Only the shape of the object is the same.
      const copy = {
        options: { port: server.port, password: PASSWORD },
        status: 'ready',
        duplicate: () => undefined,
        defineCommand: () => undefined,
      };
      await sends(copy, 'copy');
    });

    it('accepts options that contain a URL', async () => {
      const url = `redis://127.0.0.1:${server.port}`;
      const connection: Connection & { url: string } = { url, password: PASSWORD };
      await sends(connection, 'url');
    });

    const foreign: [string, unknown][] = [
      ['a client of node-redis', { on: () => undefined, connect: () => undefined, sendCommand: () => undefined }],
      ['a client of valkey-glide', { customCommand: () => undefined, close: () => undefined }],
      ['options of node-redis', { socket: { host: '127.0.0.1', port: 1 } }],
      ['options of valkey-glide', { addresses: [{ host: '127.0.0.1' }] }],
      ['an HTTP URL', 'http://127.0.0.1:6379'],
      ['an empty URL', ''],
      ['null', null],
      ['an array', [{ host: '127.0.0.1' }]],
      ['a number', 6379],
      ['an empty list of nodes', { nodes: [] }],
      ['sentinels without a name', { sentinels: [{ host: '127.0.0.1', port: 26379 }] }],
    ];
    it.each(foreign)('rejects %s', async (_, connection) => {
      const engine: unknown = { kind: 'redis', connection };
      const error = await QueueApp.start(simulator, { engine: engine as QueueEngineOptions }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error instanceof ConfigurationError && error.issues[0]?.path).toMatch(/^engine/);
    });

    it('rejects a cluster with a key prefix', async () => {
      const own = new Cluster([{ port: server.port }], { keyPrefix: 'x:', lazyConnect: true });
      await expect(start(own, 'prefixed')).rejects.toThrow(/keyPrefix/);
      own.disconnect();
    });
  });
