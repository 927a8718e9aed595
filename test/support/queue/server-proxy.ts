import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { QueueEngineOptions } from '../../../lib/queue/index.js';

/** The last message of PostgreSQL's response to a query outside a transaction. */
const READY_FOR_QUERY = Buffer.from('Z\0\0\0\x05I', 'latin1');

/** Stands between an application and its server: it can hang, or cut all connections and take no more. */
export class ServerProxy {
  private readonly sockets = new Set<Socket>();
  private hanging = false;
  private mute = false;
  private awaited: string | undefined;
  private port = 0;

  private constructor(
    private readonly server: Server,
    private readonly behind: QueueEngineOptions,
    private readonly latencyMs: number,
  ) {}

  /** @param latencyMs How long everything takes in each direction. */
  static async before(behind: QueueEngineOptions, latencyMs = 0): Promise<ServerProxy> {
    const proxy = new ServerProxy(createServer(), behind, latencyMs);
    const target = addressOf(behind);
    proxy.server.on('connection', (from: Socket) => {
      const to = connect(Number(target.port), target.hostname);
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const) {
        proxy.sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
        one.on('data', (data) => proxy.isSilent(one === to) || proxy.handOn(data, other));
      }
      from.on('data', (data) => proxy.cutAfterNextAnswer(data, to));
    });
    await proxy.listen(0);
    return proxy;
  }

  /** The engine, by way of this. */
  get engine(): QueueEngineOptions {
    return at(this.behind, String(this.port));
  }

  /** Takes connections and what comes by them, and hands nothing on. */
  hang(): void {
    this.hanging = true;
  }

  /** Hands on what is asked of the server, and none of its answers. */
  swallowAnswers(): void {
    this.mute = true;
  }

  /** Is cut after the answer to the next request that has this text in it. */
  cutAfterAnswerTo(text: string): void {
    this.awaited = text;
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
    this.mute = false;
    if (!this.server.listening) await this.listen(this.port);
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.cut();
  }

  private handOn(data: Buffer, to: Socket): void {
    if (this.latencyMs === 0) to.write(data);
    else setTimeout(() => to.writable && to.write(data), this.latencyMs);
  }

  private isSilent(isAnswer: boolean): boolean {
    return this.hanging || (this.mute && isAnswer);
  }

  private cutAfterNextAnswer(request: Buffer, to: Socket): void {
    if (this.awaited === undefined || !request.includes(this.awaited)) return;
    this.awaited = undefined;
    const cutWhenAnswered = (answer: Buffer): void => {
      // PostgreSQL rolls back when the connection is lost before it is ready for the next query.
      if (this.behind.kind === 'postgres' && !answer.subarray(-6).equals(READY_FOR_QUERY)) return;
      to.off('data', cutWhenAnswered);
      setImmediate(() => void this.cut());
    };
    to.on('data', cutWhenAnswered);
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

/** The same engine, at another port of its machine. */
export function at(engine: QueueEngineOptions, port: string): QueueEngineOptions {
  const address = addressOf(engine);
  address.port = port;
  return engine.kind === 'redis'
    ? { kind: 'redis', connection: address.href }
    : { kind: 'postgres', connectionString: address.href };
}

function addressOf(engine: QueueEngineOptions): URL {
  if (engine.kind === 'redis' && typeof engine.connection === 'string') return new URL(engine.connection);
  if (engine.kind === 'postgres') return new URL(engine.connectionString);
  throw new Error('It has no address');
}
