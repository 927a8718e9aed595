import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ZApiAccountOptions } from '../../../../lib/index.js';

/** What an instance does with what it gets. */
export type Behaviour =
  | { kind: 'accepts'; delayMs?: number }
  | { kind: 'answers'; status: number; retryAfter?: number }
  | { kind: 'hangs' };

const ACCEPTS: Behaviour = { kind: 'accepts' };

/** Z-API at one address, for any number of instances; it counts what it got and what it accepted. */
export class FakeProvider {
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly texts = { arrived: new Map<string, string[]>(), accepted: new Map<string, string[]>() };
  private port = 0;
  private ids = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeProvider> {
    const provider = new FakeProvider(createServer());
    provider.server.on('request', (request, response) => void provider.handle(request, response));
    await provider.takeConnections();
    return provider;
  }

  /** An account whose instance is its name. */
  account(name: string, more: Partial<ZApiAccountOptions> = {}): ZApiAccountOptions {
    const baseUrl = `http://127.0.0.1:${this.port}`;
    return { provider: 'z-api', name, instanceId: name, token: `token-of-${name}`, baseUrl, ...more };
  }

  /** What this instance does from now on. */
  let(instance: string, behaviour: Behaviour): void {
    this.behaviours.set(instance, behaviour);
  }

  /** The texts that were accepted, in order. */
  accepted(instance: string): string[] {
    return [...(this.texts.accepted.get(instance) ?? [])];
  }

  /** The texts that came, whatever they were answered. */
  arrived(instance: string): string[] {
    return [...(this.texts.arrived.get(instance) ?? [])];
  }

  /** Ends all connections, and refuses others. */
  async refuseConnections(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  /** Listens, at the same port as before. */
  async takeConnections(): Promise<void> {
    if (this.server.listening) return;
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return this.refuseConnections();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, instance = ''] = /\/instances\/([^/]+)\//.exec(request.url ?? '') ?? [];
    const text = await textOf(request).catch(() => undefined);
    const isMessage = request.method === 'POST' && text !== undefined;
    if (isMessage) add(this.texts.arrived, instance, text);
    const behaviour = this.behaviours.get(instance) ?? ACCEPTS;
    if (behaviour.kind === 'hangs') return;
    if (behaviour.kind === 'answers') {
      const { status, retryAfter } = behaviour;
      const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
      // What Z-API says of a wrong client token; of the others it is their status that counts.
      answer(response, status, { error: status === 403 ? 'Client-Token not allowed' : 'refused' }, headers);
      return;
    }
    if (behaviour.delayMs) await pause(behaviour.delayMs);
    if (isMessage) add(this.texts.accepted, instance, text);
    this.ids += 1;
    const ids = { zaapId: `Z${this.ids}`, messageId: `M${this.ids}`, id: `M${this.ids}` };
    answer(response, 200, isMessage ? ids : { connected: true, smartphoneConnected: true });
  }
}

function add(texts: Map<string, string[]>, instance: string, text: string): void {
  const list = texts.get(instance);
  if (list) list.push(text);
  else texts.set(instance, [text]);
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** The message's text; undefined where it is no message. */
async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks).toString('utf8');
  const body: unknown = raw === '' ? undefined : JSON.parse(raw);
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
  return typeof body.message === 'string' ? body.message : undefined;
}
