import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { ZApiAccountOptions } from '../../../../lib/index.js';
import { zApiAccount } from '../../../support/accounts.js';
import { FakeProvider, type ReceivedRequest, respond } from '../../../support/fake-provider.js';

/** What an instance does with its requests. */
export type Behaviour =
  | { kind: 'accepts'; delayMs?: number }
  | { kind: 'answers'; status: number; retryAfter?: number }
  | { kind: 'hangs' };

const ACCEPTS: Behaviour = { kind: 'accepts' };

/** Z-API at one address, with any number of instances. It records what each instance received and accepted. */
export class ZApiInstances {
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly texts = { arrived: new Map<string, string[]>(), accepted: new Map<string, string[]>() };
  private ids = 0;

  private constructor(private readonly server: FakeProvider) {}

  static async start(): Promise<ZApiInstances> {
    const instances = new ZApiInstances(await FakeProvider.start());
    instances.server.always((request, response) => instances.handle(request, response));
    return instances;
  }

  /** An account whose instance has its name. */
  account(name: string, more: Partial<ZApiAccountOptions> = {}): ZApiAccountOptions {
    return zApiAccount(this.server.url, { name, instanceId: name, token: `token-of-${name}`, ...more });
  }

  /** What this instance does from now on. */
  let(instance: string, behaviour: Behaviour): void {
    this.behaviours.set(instance, behaviour);
  }

  /** The accepted texts, in order. */
  accepted(instance: string): string[] {
    return [...(this.texts.accepted.get(instance) ?? [])];
  }

  /** The received texts, whatever the response was. */
  arrived(instance: string): string[] {
    return [...(this.texts.arrived.get(instance) ?? [])];
  }

  /** Closes all connections and refuses new ones. */
  refuseConnections(): Promise<void> {
    return this.server.close();
  }

  /** Listens again, on the same port. */
  takeConnections(): Promise<void> {
    return this.server.listen();
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async handle(request: ReceivedRequest, response: ServerResponse): Promise<void> {
    const [, instance = ''] = /\/instances\/([^/]+)\//.exec(request.url) ?? [];
    const text = textOf(request);
    const isMessage = request.method === 'POST' && text !== undefined;
    if (isMessage) add(this.texts.arrived, instance, text);
    const behaviour = this.behaviours.get(instance) ?? ACCEPTS;
    if (behaviour.kind === 'hangs') return;
    if (behaviour.kind === 'answers') {
      const { status, retryAfter } = behaviour;
      // The text of a wrong client token matters to the adapter; of other responses, only the status does.
      const body = { error: status === 403 ? 'Client-Token not allowed' : 'refused' };
      respond(response, {
        status,
        body,
        ...(retryAfter !== undefined && { headers: { 'retry-after': `${retryAfter}` } }),
      });
      return;
    }
    if (behaviour.delayMs) await pause(behaviour.delayMs);
    if (isMessage) add(this.texts.accepted, instance, text);
    this.ids += 1;
    const ids = { zaapId: `Z${this.ids}`, messageId: `M${this.ids}`, id: `M${this.ids}` };
    respond(response, { body: isMessage ? ids : { connected: true, smartphoneConnected: true } });
  }
}

function add(texts: Map<string, string[]>, instance: string, text: string): void {
  const list = texts.get(instance);
  if (list) list.push(text);
  else texts.set(instance, [text]);
}

/** Undefined if the request is not a message. */
function textOf({ body: raw }: ReceivedRequest): string | undefined {
  const body: unknown = raw === '' ? undefined : JSON.parse(raw);
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
  return typeof body.message === 'string' ? body.message : undefined;
}
