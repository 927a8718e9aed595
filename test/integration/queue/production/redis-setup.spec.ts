import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ConfigurationError } from '../../../../lib/index.js';
import { type QueueEngineOptions, QueueUnavailableError } from '../../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { QueueApp } from '../../../support/queue/queue-app.js';
import { freePort } from '../../../support/servers/own-server.js';
import { isInstalled, type RedisServer, startRedis, startTlsRedis } from '../../../support/servers/redis-servers.js';
import { timed, until } from '../../../support/time.js';

jest.setTimeout(60_000);

type Connection = Extract<QueueEngineOptions, { kind: 'redis' }>['connection'];

const SECRET = 'hush-hush-4711';

if (isInstalled('redis-server', 'openssl'))
  describe('a Redis on which the queue cannot work', () => {
    let simulator: GatewaySimulator;
    let server: RedisServer;
    let secured: Awaited<ReturnType<typeof startTlsRedis>>;
    const others: RedisServer[] = [];
    beforeAll(async () => {
      simulator = await GatewaySimulator.start();
      server = await startRedis();
      secured = await startTlsRedis();
      const { client } = server;
      await client.acl('SETUSER', 'known', 'on', `>${SECRET}`, 'allkeys', 'allchannels', 'allcommands');
      const users = {
        scripts: ['allkeys', 'allchannels', '+@all', '-@scripting'],
        keys: ['~bull:*', 'allchannels', '+@all'],
        channels: ['allkeys', 'resetchannels', '+@all'],
        streams: ['allkeys', 'allchannels', '+@all', '-xadd'],
        places: ['allkeys', 'allchannels', '+@all', '-lpos'],
        blocking: ['allkeys', 'allchannels', '+@all', '-bzpopmin'],
        info: ['allkeys', 'allchannels', '+@all', '-info'],
      };
      for (const [name, rights] of Object.entries(users)) {
        await client.acl('SETUSER', `no-${name}`, 'on', `>${SECRET}`, ...rights);
      }
    });
    afterAll(async () => {
      await Promise.all([server, secured, ...others].map((one) => one?.remove()));
      await simulator.close();
    });

    const started = async (...options: string[]) => {
      const one = await startRedis(...options);
      others.push(one);
      return one;
    };
    const local = (port: number) => `redis://127.0.0.1:${port}`;
    const asUser = (name: string, password = SECRET): Connection => ({ port: server.port, username: name, password });
    const connections = async () => (String(await server.client.client('LIST')).match(/^id=/gm) ?? []).length;

    /** What the start says; it takes no longer than it may, and leaves nothing behind. */
    const refusal = async (connection: Connection) => {
      const { value, ms } = await timed(() =>
        QueueApp.start(simulator, { engine: { kind: 'redis', connection }, name: 'refused' }).then(
          async (app) => {
            await app.close();
            return undefined;
          },
          (error: unknown) => error,
        ),
      );
      expect(ms).toBeLessThan(8_000);
      const said = JSON.stringify([value, String(value), String(value instanceof Error && value.cause)]);
      expect(said).not.toContain(SECRET);
      await until(async () => (await connections()) === 1);
      return value;
    };
    const refused = async (connection: Connection, path: string, ...words: RegExp[]) => {
      const error = await refusal(connection);
      expect(error).toBeInstanceOf(ConfigurationError);
      if (!(error instanceof ConfigurationError)) return;
      expect(error.issues.map((issue) => issue.path)).toEqual([path]);
      for (const one of words) expect(error.message).toMatch(one);
    };

    it.each([
      ['a wrong password', () => asUser('known', `${SECRET}?`), 'engine.connection.password', /WRONGPASS/],
      ['an unknown user', () => asUser('nobody'), 'engine.connection.password', /WRONGPASS/],
      ['no scripts', () => asUser('no-scripts'), 'engine.connection', /NOPERM.*ACL/],
      ['other keys', () => asUser('no-keys'), 'engine.connection', /refused:trial|user/],
      ['no channels', () => asUser('no-channels'), 'engine.connection', /channel|PUBLISH|SUBSCRIBE/],
      ['no streams', () => asUser('no-streams'), 'engine.connection', /XADD/],
      ['no places in lists', () => asUser('no-places'), 'engine.connection', /LPOS/],
      ['no blocking reads', () => asUser('no-blocking'), 'engine.connection', /BZPOPMIN/],
      ['no INFO', () => asUser('no-info'), 'engine.connection', /INFO/],
      ['a database that is not there', () => `${local(server.port)}/99`, 'engine.connection.db', /DB index/],
      ['a key prefix', () => ({ port: server.port, keyPrefix: 'x:' }), 'engine.connection.keyPrefix', /name/],
      [
        'a key prefix in its address',
        () => `${local(server.port)}?keyPrefix=x:`,
        'engine.connection.keyPrefix',
        /name/,
      ],
      ['TLS where there is none', () => ({ port: server.port, tls: {} }), 'engine.connection.tls', /does not use TLS/],
      ['no TLS where it is wanted', () => local(secured.port), 'engine.connection.tls', /wants TLS/],
      ['an unknown CA', () => `rediss://127.0.0.1:${secured.port}`, 'engine.connection.tls', /certificate.*tls\.ca/],
    ] as const)('is refused with its reason: %s', async (_, connection, path, words) => {
      await refused(connection(), path, words);
    });

    it('is refused where it wants a password and none is given', async () => {
      const own = await started();
      await own.client.config('SET', 'requirepass', SECRET);
      const error = await refusal(local(own.port));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toMatch(/NOAUTH/);
    });

    it('is refused where it is a replica', async () => {
      const replica = await started('--replicaof', `127.0.0.1 ${(await started()).port}`);
      await refused(local(replica.port), 'engine.connection', /replica.*master/);
    });

    it('is refused where it has replicas and a master may take writes without them', async () => {
      const master = await started();
      await started('--replicaof', `127.0.0.1 ${master.port}`);
      await until(async () => (await master.client.info()).includes('connected_slaves:1'));
      await refused(local(master.port), 'engine.connection', /min-replicas-to-write 1/);
    });

    it('is refused where it forgets keys when its memory is full', async () => {
      const own = await started('--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru');
      await refused(local(own.port), 'engine.connection', /noeviction.*allkeys-lru/);
    });

    it('is unreachable, with the reason, where nobody listens or its name is unknown', async () => {
      const places: [Connection, RegExp][] = [
        [local(await freePort()), /ECONNREFUSED/],
        [{ nodes: [{ host: '127.0.0.1', port: await freePort() }] }, /ECONNREFUSED/],
        ['redis://no-such-host.invalid:6379', /ENOTFOUND|EAI_AGAIN/],
      ];
      for (const [connection, reason] of places) {
        const error = await refusal(connection);
        expect(error).toBeInstanceOf(QueueUnavailableError);
        expect(String(error)).toMatch(reason);
        expect(error instanceof Error && String(error.cause)).toMatch(reason);
      }
    });

    it('is started on with the right user, CA and database', async () => {
      for (const connection of [
        asUser('known'),
        { port: secured.port, tls: { ca: secured.ca } },
        `${local(server.port)}/3`,
      ] satisfies Connection[]) {
        expect(await refusal(connection)).toBeUndefined();
      }
    });
  });
