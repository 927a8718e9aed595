import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A listener below HTTP, which counts connections and does with them what it was told. */
export class RawServer {
  connections = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(onConnection: (socket: Socket) => void): Promise<RawServer> {
    const server = createServer();
    const raw = new RawServer(server);
    server.on('connection', (socket) => {
      raw.connections += 1;
      raw.sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => raw.sockets.delete(socket));
      onConnection(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return raw;
  }

  /** Takes connections and never says a word. With an https address the TLS handshake never ends. */
  static silent(): Promise<RawServer> {
    return RawServer.start((socket) => socket.resume());
  }

  /** An address where nobody listens any more. */
  static async refusing(): Promise<string> {
    const raw = await RawServer.start(() => {});
    const { url } = raw;
    await raw.close();
    return url;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get tlsUrl(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}
