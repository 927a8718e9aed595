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
  describe('Queue start on Redis', () => {
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

    /** Returns the start error. Expects a fast end, no secret in the error and no open connection. */
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
      ['a user without scripts', () => asUser('no-scripts'), 'engine.connection', /NOPERM.*ACL/],
      ['a user without its keys', () => asUser('no-keys'), 'engine.connection', /refused:trial|user/],
      ['a user without channels', () => asUser('no-channels'), 'engine.connection', /channel|PUBLISH|SUBSCRIBE/],
      ['a user without streams', () => asUser('no-streams'), 'engine.connection', /XADD/],
      ['a user without LPOS', () => asUser('no-places'), 'engine.connection', /LPOS/],
      ['a user without blocking reads', () => asUser('no-blocking'), 'engine.connection', /BZPOPMIN/],
      ['a user without INFO', () => asUser('no-info'), 'engine.connection', /INFO/],
      ['a database that does not exist', () => `${local(server.port)}/99`, 'engine.connection.db', /DB index/],
      ['a key prefix', () => ({ port: server.port, keyPrefix: 'x:' }), 'engine.connection.keyPrefix', /name/],
      ['a key prefix in the URL', () => `${local(server.port)}?keyPrefix=x:`, 'engine.connection.keyPrefix', /name/],
      [
        'TLS to a server without TLS',
        () => ({ port: server.port, tls: {} }),
        'engine.connection.tls',
        /does not use TLS/,
      ],
      ['no TLS to a server with TLS', () => local(secured.port), 'engine.connection.tls', /requires TLS/],
      ['an unknown CA', () => `rediss://127.0.0.1:${secured.port}`, 'engine.connection.tls', /certificate.*tls\.ca/],
    ] as const)('rejects %s, with path and reason', async (_, connection, path, words) => {
      await refused(connection(), path, words);
    });

    it('rejects a connection without the required password', async () => {
      const own = await started();
      await own.client.config('SET', 'requirepass', SECRET);
      const error = await refusal(local(own.port));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toMatch(/NOAUTH/);
    });

    it('rejects a replica', async () => {
      const replica = await started('--replicaof', `127.0.0.1 ${(await started()).port}`);
      await refused(local(replica.port), 'engine.connection', /replica.*master/);
    });

    it('rejects a master with replicas but without min-replicas-to-write', async () => {
      const master = await started();
      await started('--replicaof', `127.0.0.1 ${master.port}`);
      await until(async () => (await master.client.info()).includes('connected_slaves:1'));
      await refused(local(master.port), 'engine.connection', /min-replicas-to-write 1/);
    });

    it('rejects a maxmemory-policy that evicts keys', async () => {
      const own = await started('--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru');
      await refused(local(own.port), 'engine.connection', /noeviction.*allkeys-lru/);
    });

    it('reports the reason when the port is closed or the host name is unknown', async () => {
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

    it('succeeds with the right user, CA and database', async () => {
      for (const connection of [
        asUser('known'),
        { port: secured.port, tls: { ca: secured.ca } },
        `${local(server.port)}/3`,
      ] satisfies Connection[]) {
        expect(await refusal(connection)).toBeUndefined();
      }
    });
  });
