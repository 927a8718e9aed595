import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import type { MessagingApp } from './messaging-app.js';
import type { Reply } from './provider-server.js';

let recipients = 0;
/** A number that had no message yet: nothing is held back for its sake. */
export const nextPhone = () => `55119${String(90_000_000 + ++recipients)}`;

/** One plain send with each provider. */
export const SENDS = {
  'z-api': (app: MessagingApp, options = {}) =>
    app.zApi.sendText({ phone: nextPhone(), message: 'Hi' } as never, options),
  chatvolt: (app: MessagingApp, options = {}) =>
    app.chatvolt.sendButtons(
      { conversationId: 'conv', body_text: 'Hi', button_1_id: 'a', button_1_title: 'A' } as never,
      options,
    ),
  'whatsapp-cloud': (app: MessagingApp, options = {}) =>
    app.cloud.sendText({ to: nextPhone(), text: { body: 'Hi' } } as never, options),
} as const;

export type Provider = keyof typeof SENDS;

/** What an accepted send looks like at each provider. */
export const ACCEPTED: Record<Provider, Record<string, unknown>> = {
  'z-api': { zaapId: 'Z1', messageId: 'M1', id: 'M1' },
  chatvolt: { message: { id: 'M1' } },
  'whatsapp-cloud': { messages: [{ id: 'M1' }] },
};

/** Answers with a `Content-Length` that is longer than the body, and hangs up. */
export function cut(status: number, body: string): Reply {
  return (_request, response, socket) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': String(body.length + 100) });
    response.write(body, () => socket.destroy());
  };
}

/** Reads the request and hangs up. */
export const hangUp: Reply = (_request, _response, socket) => void socket.destroy();

/** Reads the request and resets the connection. */
export const reset: Reply = (_request, _response, socket) => void socket.resetAndDestroy();

/** Reads the request and never answers. */
export const silence: Reply = () => undefined;

/** Answers the head and never the rest. */
export const stall: Reply = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
  response.write('{"messageId":');
};

/** A bare TCP server, for what HTTP cannot say. */
export class TcpServer {
  private readonly sockets = new Set<Socket>();
  private constructor(private readonly server: Server) {}

  static async start(handle: (socket: Socket) => void): Promise<TcpServer> {
    const tcp = new TcpServer(createServer());
    tcp.server.on('connection', (socket) => {
      tcp.sockets.add(socket);
      socket.on('error', () => undefined);
      handle(socket);
    });
    tcp.server.listen(0, '127.0.0.1');
    await once(tcp.server, 'listening');
    return tcp;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** The address of a port where nobody listens. */
export async function closedPort(): Promise<string> {
  const tcp = await TcpServer.start(() => undefined);
  const { host } = tcp;
  await tcp.close();
  return host;
}
