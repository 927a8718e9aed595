import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { message, QueueApp } from '../../../support/queue/queue-app.js';
import { isInstalled, type RedisServer, startRedis } from '../../../support/servers/redis-servers.js';
import { timed, until } from '../../../support/time.js';

jest.setTimeout(120_000);

const BACK_WITHIN_MS = 20_000;

/** A TCP proxy whose host can disappear: open connections receive no more data and no close. */
class Address {
  private readonly server: Server;
  private silent: Socket[] = [];
  private live: Socket[] = [];
  /** Whether new connections get responses. */
  answers = true;

  private constructor(target: number) {
    this.server = createServer((from) => {
      from.on('error', () => undefined);
      if (!this.answers) return void this.silent.push(from);
      const to = connect(target, '127.0.0.1');
      this.live.push(from, to);
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const) {
        one.on('data', (data) => this.isLive(one) && other.write(data));
        one.on('close', () => this.isLive(one) && other.destroy());
        one.on('error', () => undefined);
      }
      return undefined;
    });
  }

  static async of(target: number): Promise<Address> {
    const address = new Address(target);
    await new Promise<void>((resolve) => address.server.listen(0, '127.0.0.1', resolve));
    return address;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  disappear(): void {
    this.answers = false;
    this.silent.push(...this.live);
    this.live = [];
  }

  close(): void {
    this.server.close();
    for (const socket of [...this.live, ...this.silent]) socket.destroy();
  }

  private isLive(socket: Socket): boolean {
    return this.live.includes(socket);
  }
}

if (isInstalled('redis-server'))
  describe('Queue when the Redis host goes silent', () => {
    let simulator: GatewaySimulator;
    let server: RedisServer;
    let address: Address;
    let app: QueueApp;
    let other: QueueApp;
    beforeAll(async () => {
      simulator = await GatewaySimulator.start();
      server = await startRedis();
      address = await Address.of(server.port);
      const by = (port: number) => ({ kind: 'redis' as const, connection: `redis://127.0.0.1:${port}` });
      app = await QueueApp.start(simulator, { engine: by(address.port), name: 'silent', events: 'queue' });
      other = await QueueApp.start(simulator, { engine: by(server.port), name: 'silent', worker: false });
    });
    afterAll(async () => {
      await Promise.all([app?.close(), other?.close()]);
      address?.close();
      await server?.remove();
      await simulator?.close();
    });

    it('reconnects every connection within 20 s after the address responds again', async () => {
      await app.is((await app.queue.enqueue(message('before'))).id, 'sent');
      address.disappear();
      const { value, ms } = await timed(() => app.queue.enqueue(message('meanwhile')).catch((error: unknown) => error));
      expect(value).toBeInstanceOf(Error);
      expect(ms).toBeLessThan(10_000);
      address.answers = true;
      const began = performance.now();
      const enqueued = await until(
        () =>
          app.queue.enqueue(message('after')).then(
            () => true,
            () => false,
          ),
        BACK_WITHIN_MS,
      );
      expect(enqueued).toBeUndefined();
      // Enqueued through connections that were never silent, so this checks only the worker.
      const { id } = await other.queue.enqueue(message('other'));
      await other.is(id, 'sent', BACK_WITHIN_MS);
      // The event stream has recovered as well.
      await until(() => app.events.some((event) => event.kind === 'sent' && event.id === id), BACK_WITHIN_MS);
      await until(async () => String(await server.client.client('LIST')).split(' sub=1').length === 3, BACK_WITHIN_MS);
      expect(performance.now() - began).toBeLessThan(BACK_WITHIN_MS);
      if (process.env.FIGURES) console.log(`all again after ${performance.now() - began} ms`);
    });

    it('reconnects connections that were idle', async () => {
      const subscribers = async () => String(await server.client.client('LIST')).split(' sub=1').length - 1;
      expect(await subscribers()).toBe(2);
      const before = String(await server.client.client('LIST')).match(/id=\d+ [^\n]* sub=1/g) ?? [];
      address.disappear();
      address.answers = true;
      await until(async () => {
        const now = String(await server.client.client('LIST')).match(/id=\d+ [^\n]* sub=1/g) ?? [];
        return now.some((line) => !before.some((old) => old.split(' ')[0] === line.split(' ')[0]));
      }, BACK_WITHIN_MS);
    });
  });
