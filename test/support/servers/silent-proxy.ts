import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands before a server that may vanish without a word: what is connected stays so and hears nothing more. */
export class SilentProxy {
  private readonly open = new Set<Socket>();
  private readonly silenced = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** The server, by way of this. */
    readonly url: string,
  ) {}

  static async before(url: string): Promise<SilentProxy> {
    const target = new URL(url);
    const server = createServer({ pauseOnConnect: false });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It has no port');
    const own = new URL(url);
    own.hostname = '127.0.0.1';
    own.port = String(address.port);
    const proxy = new SilentProxy(server, own.href);
    server.on('connection', (from) => proxy.join(from, connect(Number(target.port), target.hostname)));
    return proxy;
  }

  /** From now on nothing comes by the connections that are open. New ones are as before. */
  silence(): void {
    for (const socket of this.open) this.silenced.add(socket);
  }

  async close(): Promise<void> {
    for (const socket of [...this.open]) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(from: Socket, to: Socket): void {
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      this.open.add(one);
      one.on('data', (data) => this.silenced.has(one) || other.write(data));
      one.on('error', () => one.destroy());
      one.on('close', () => {
        this.open.delete(one);
        if (!this.silenced.has(one)) other.destroy();
      });
    }
  }
}
