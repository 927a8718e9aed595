import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A listener below HTTP, for what HTTP cannot say. Counts its connections. */
export class TcpServer {
  connections = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(onConnection: (socket: Socket) => void): Promise<TcpServer> {
    const tcp = new TcpServer(createServer());
    tcp.server.on('connection', (socket) => {
      tcp.connections += 1;
      tcp.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => tcp.sockets.delete(socket));
      onConnection(socket);
    });
    tcp.server.listen(0, '127.0.0.1');
    await once(tcp.server, 'listening');
    return tcp;
  }

  /** Accepts connections and never responds. With an https address the TLS handshake never ends. */
  static silent(): Promise<TcpServer> {
    return TcpServer.start((socket) => socket.resume());
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  get tlsUrl(): string {
    return `https://${this.host}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** The address of a port on which no server listens. */
export async function closedPort(): Promise<string> {
  const tcp = await TcpServer.start(() => undefined);
  const { host } = tcp;
  await tcp.close();
  return host;
}
