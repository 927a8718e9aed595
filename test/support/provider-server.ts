import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the server does with a request: answers it, or anything else with the raw response. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | ((request: ReceivedRequest, response: ServerResponse, socket: Socket) => void);

/** A real HTTP server on a free port, which keeps what it received and replies as it was told. */
export class ProviderServer {
  readonly requests: ReceivedRequest[] = [];
  private readonly queue: Reply[] = [];
  private standing: Reply = { body: { zaapId: 'ZAAP1', messageId: 'MESSAGE1', id: 'MESSAGE1' } };

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ProviderServer> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    const provider = new ProviderServer(server);
    server.on('request', (request, response) => void provider.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return provider;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The bodies received, parsed. */
  get bodies(): unknown[] {
    return this.requests.map(({ body }) => (body === '' ? undefined : JSON.parse(body)));
  }

  /** The next requests get these replies, one each; after them the standing reply. */
  next(...replies: Reply[]): this {
    this.queue.push(...replies);
    return this;
  }

  always(reply: Reply): this {
    this.standing = reply;
    return this;
  }

  reset(): this {
    this.requests.length = 0;
    this.queue.length = 0;
    this.standing = { body: { zaapId: 'ZAAP1', messageId: 'MESSAGE1', id: 'MESSAGE1' } };
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const { method = '', url = '', headers } = message;
    const request = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
    this.requests.push(request);
    const reply = this.queue.shift() ?? this.standing;
    if (typeof reply === 'function') {
      reply(request, response, message.socket);
      return;
    }
    const { status = 200, headers: replyHeaders, body } = reply;
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
    response.writeHead(status, { 'Content-Type': 'application/json', ...replyHeaders });
    response.end(body === undefined ? '' : text);
  }
}
