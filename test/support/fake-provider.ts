import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body before it was decoded. */
  bytes: Buffer;
}

/** What the server does with a request: responds, or anything else with the connection. */
export type FakeResponse =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | ((request: ReceivedRequest, response: ServerResponse, socket: Socket) => unknown);

const ACCEPTED: FakeResponse = { body: { zaapId: 'ZAAP1', messageId: 'MESSAGE1', id: 'MESSAGE1' } };

/** A real HTTP server on a free port. It records its requests and responds as a test says. */
export class FakeProvider {
  readonly requests: ReceivedRequest[] = [];
  private readonly queue: FakeResponse[] = [];
  private usual: FakeResponse = ACCEPTED;
  private port = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeProvider> {
    const provider = new FakeProvider(createServer({ keepAliveTimeout: 60_000 }));
    provider.server.on('request', (request, response) => void provider.handle(request, response));
    await provider.listen();
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The received bodies, parsed. */
  get bodies(): unknown[] {
    return this.requests.map(({ body }) => (body === '' ? undefined : JSON.parse(body)));
  }

  /** The next requests get these responses, one each; later ones get the usual response again. */
  next(...responses: FakeResponse[]): this {
    this.queue.push(...responses);
    return this;
  }

  always(response: FakeResponse): this {
    this.usual = response;
    return this;
  }

  reset(): this {
    this.requests.length = 0;
    this.queue.length = 0;
    this.usual = ACCEPTED;
    return this;
  }

  /** Listens, on the same port as before. */
  async listen(): Promise<void> {
    if (this.server.listening) return;
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Closes all connections and refuses new ones, until it listens again. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await bytesOf(message);
    if (bytes === undefined) return;
    const { method = '', url = '', headers } = message;
    const request = { method, url, headers, body: bytes.toString('utf8'), bytes };
    this.requests.push(request);
    const reply = this.queue.shift() ?? this.usual;
    if (typeof reply === 'function') await reply(request, response, message.socket);
    else respond(response, reply);
  }
}

/** Responds with JSON, or with a body that is text already. */
export function respond(
  response: ServerResponse,
  { status = 200, headers, body }: Exclude<FakeResponse, (...given: never[]) => unknown>,
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Undefined if the client hung up before the end of its request. */
async function bytesOf(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
