import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { QueueUnavailableError } from '../../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { message, QueueApp } from '../../../support/queue/queue-app.js';
import { isInstalled, type RedisServer, startRedis } from '../../../support/servers/redis-servers.js';
import { until } from '../../../support/time.js';

jest.setTimeout(60_000);

const WATCHED_MS = 3_000;
const MOST_ERRORS_A_SECOND = 10;
const USER = { username: 'sender', password: 'hush-hush-4711' };

if (isInstalled('redis-server'))
  describe('Queue on a Redis that rejects commands', () => {
    let simulator: GatewaySimulator;
    let server: RedisServer;
    let app: QueueApp;
    beforeEach(async () => {
      simulator = await GatewaySimulator.start();
      server = await startRedis();
      await server.client.acl('SETUSER', USER.username, 'on', `>${USER.password}`, 'allkeys', 'allchannels', '+@all');
      const connection = { port: server.port, ...USER };
      app = await QueueApp.start(simulator, { engine: { kind: 'redis', connection }, name: 'refused' });
    });
    afterEach(async () => {
      await app?.close();
      await server?.remove();
      await simulator?.close();
    });

    const errors = async () =>
      [...(await server.client.info('errorstats')).matchAll(/count=(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0);

    const refusals: [string, () => Promise<unknown>, () => Promise<unknown>, RegExp][] = [
      [
        'its memory is full',
        () => server.client.config('SET', 'maxmemory', '1'),
        () => server.client.config('SET', 'maxmemory', '0'),
        /memory is full.*OOM/,
      ],
      [
        'an ACL forbids scripts',
        () => server.client.acl('SETUSER', USER.username, '-@scripting'),
        () => server.client.acl('SETUSER', USER.username, '+@scripting'),
        /permission.*NOPERM/,
      ],
      [
        'it has too few replicas',
        () => server.client.config('SET', 'min-replicas-to-write', '1'),
        () => server.client.config('SET', 'min-replicas-to-write', '0'),
        /replicas.*NOREPLICAS/,
      ],
    ];
    const password = (given: string) => server.client.acl('SETUSER', USER.username, 'resetpass', `>${given}`);
    const shut: typeof refusals = [
      [
        'its password was changed',
        async () => {
          await password('another-secret-4712');
          await server.client.client('KILL', 'USER', USER.username);
        },
        () => password(USER.password),
        /cannot be reached: .*password is wrong.*WRONGPASS/,
      ],
      [
        'it has become a replica',
        () => server.client.replicaof('127.0.0.1', 1),
        () => server.client.replicaof('NO', 'ONE'),
        /cannot be reached: .*read-only replica.*READONLY/,
      ],
    ];
    it.each(shut)('reports "not-sent" with the reason for rejected connections: %s', async (_, begin, end, reason) => {
      await begin();
      const refused = () => app.queue.enqueue(message()).catch((error: unknown) => error);
      await until(async () => reason.test(String(await refused())));
      for (const error of await Promise.all([refused(), refused(), refused()])) {
        expect(error).toBeInstanceOf(QueueUnavailableError);
        expect(error).toMatchObject({ outcome: 'not-sent', message: expect.stringMatching(reason) });
        expect(String(error)).not.toMatch(/secret|hush/);
      }
      await end();
      await until(() => app.queue.enqueue(message('after'), { idempotencyKey: 'after' }).then(Boolean, () => false));
      await until(async () => (await app.queue.counts()).sent === 1);
    });

    it.each(refusals)('reports "not-sent" with the reason and retries rarely: %s', async (_, begin, end, reason) => {
      await begin();
      for (const enqueued of [[message('one')], [message('two'), message('three')]]) {
        const refused = await Promise.all(
          enqueued.map((one) => app.queue.enqueue(one).catch((error: unknown) => error)),
        );
        for (const error of refused) {
          expect(error).toBeInstanceOf(QueueUnavailableError);
          expect(error).toMatchObject({ outcome: 'not-sent', message: expect.stringMatching(reason) });
          const cause = error instanceof Error ? error.cause : undefined;
          expect(Object.keys(cause ?? {}).filter((key) => key !== 'code' && key !== 'name')).toEqual([]);
          expect(String(cause)).not.toContain(USER.password);
        }
      }
      const before = await errors();
      await pause(WATCHED_MS);
      const aSecond = ((await errors()) - before) / (WATCHED_MS / 1_000);
      if (process.env.FIGURES) console.log(`${reason}: ${aSecond} errors a second`);
      expect(aSecond).toBeLessThan(MOST_ERRORS_A_SECOND);
      await end();
      const { id } = await app.queue.enqueue(message('after'));
      await app.is(id, 'sent', 20_000);
      await until(async () => (await app.queue.counts()).waiting === 0);
    });
  });
