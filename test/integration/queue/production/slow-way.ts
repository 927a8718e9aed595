import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { QueueEngineOptions } from '../../../../lib/queue/index.js';

/** A proxy before the server of an engine that adds a round-trip time. */
export class SlowWay {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly engine: QueueEngineOptions,
  ) {}

  static async to(behind: QueueEngineOptions, roundTripMs: number): Promise<SlowWay> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port, hostname } = addressOf(behind);
    const way = new SlowWay(server, moved(behind, (server.address() as AddressInfo).port));
    server.on('connection', (from: Socket) => {
      const to = connect(Number(port), hostname);
      way.join(from, to, roundTripMs / 2);
      way.join(to, from, roundTripMs / 2);
    });
    return way;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(from: Socket, to: Socket, delayMs: number): void {
    this.sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (data) => setTimeout(() => to.writable && to.write(data), delayMs));
    from.on('error', () => to.destroy());
    from.on('close', () => setTimeout(() => to.destroy(), delayMs));
  }
}

function addressOf(engine: QueueEngineOptions): URL {
  if (engine.kind === 'redis' && typeof engine.connection === 'string') return new URL(engine.connection);
  if (engine.kind === 'postgres') return new URL(engine.connectionString);
  throw new Error(`There is no way to ${engine.kind}`);
}

function moved(engine: QueueEngineOptions, port: number): QueueEngineOptions {
  const address = addressOf(engine);
  address.hostname = '127.0.0.1';
  address.port = String(port);
  return engine.kind === 'postgres'
    ? { kind: 'postgres', connectionString: address.href }
    : { kind: 'redis', connection: address.href };
}
