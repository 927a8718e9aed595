import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between an application and its server: it can hang, or cut all connections and take no more. */
export class ServerProxy {
  private readonly sockets = new Set<Socket>();
  private hanging = false;
  port = 0;

  private constructor(private readonly server: Server) {}

  static async to(target: URL): Promise<ServerProxy> {
    const proxy = new ServerProxy(createServer());
    proxy.server.on('connection', (from: Socket) => {
      const to = connect(Number(target.port), target.hostname);
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const) {
        proxy.sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
        one.on('data', (data) => proxy.hanging || other.write(data));
      }
    });
    await proxy.listen(0);
    return proxy;
  }

  /** Takes connections and what comes by them, and hands nothing on. */
  hang(): void {
    this.hanging = true;
  }

  /** Ends all connections, and refuses others. */
  async cut(): Promise<void> {
    this.server.close();
    this.drop();
    await once(this.server, 'close');
  }

  /** Is as at the beginning. */
  async restore(): Promise<void> {
    // What was swallowed is missing from the stream: nothing can follow.
    this.drop();
    this.hanging = false;
    if (!this.server.listening) await this.listen(this.port);
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.cut();
  }

  private drop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  private async listen(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }
}
