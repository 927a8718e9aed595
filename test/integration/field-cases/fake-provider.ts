import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { deferred } from '../../support/time.js';
import { isFields } from './differences.js';
import type { Fields, Rule } from './field-case.js';

/** A request of the application to a provider. */
export interface ProviderRequest {
  method: string;
  path: string;
  headers: Fields;
  body: unknown;
}

interface Standing {
  rule: Rule;
  used: number;
}

/** All three providers at one address: answers by rules, else accepts with ids of its own. */
export class FakeProvider {
  readonly requests: ProviderRequest[] = [];
  /** The ids in all that was accepted. */
  readonly ids: string[] = [];
  answered = 0;
  private standing: Standing[] = [];
  private gate: { promise: Promise<void>; resolve: (value: undefined) => void } | undefined;
  private accepted = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeProvider> {
    const server = createServer();
    const provider = new FakeProvider(server);
    server.on('request', (request, response) => void provider.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return provider;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The provider does not listen on a port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** From now on these rules hold, and no earlier ones. */
  answersBy(rules: Rule[] = []): void {
    this.standing = rules.map((rule) => ({ rule, used: 0 }));
  }

  /** Keeps the answers to what is posted until `release`. */
  hold(): void {
    this.gate = deferred<void>();
  }

  release(): void {
    this.gate?.resolve(undefined);
    this.gate = undefined;
  }

  async close(): Promise<void> {
    this.release();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const { method = '', url = '', headers } = message;
    const body = parsed(Buffer.concat(chunks).toString('utf8'));
    const request = { method, path: url, headers: { ...headers }, body };
    this.requests.push(request);
    const gate = method === 'POST' ? this.gate : undefined;
    const rule = this.ruleFor(request) ?? { to: method, body: this.acceptance(request) };
    await gate?.promise;
    if (rule.end === 'silence') return;
    if (rule.end === 'reset') {
      message.socket.resetAndDestroy();
      return;
    }
    this.keepIds(rule.body);
    response.writeHead(rule.status ?? 200, { 'content-type': rule.type ?? 'application/json', ...rule.headers });
    response.end(rule.text ?? JSON.stringify(rule.body ?? {}), () => {
      this.answered += 1;
    });
  }

  private ruleFor({ method, path }: ProviderRequest): Rule | undefined {
    const found = this.standing.find(({ rule, used }) => {
      const [ofMethod, part = ''] = rule.to.split(' ');
      return ofMethod === method && path.includes(part) && used < (rule.times ?? Number.POSITIVE_INFINITY);
    });
    if (!found) return undefined;
    const { rule, used } = found;
    found.used += 1;
    return rule.turning && Array.isArray(rule.body) ? { ...rule, body: turned(rule.body, used) } : rule;
  }

  private acceptance({ method, path, body }: ProviderRequest): unknown {
    this.accepted += 1;
    const id = `ID${this.accepted}`;
    if (path.includes('/instances/')) {
      if (method === 'GET') return path.includes('phone-exists') ? [] : { connected: true, smartphoneConnected: true };
      return { zaapId: `ZAAP-${id}`, messageId: `MSG-${id}`, id: `MSG-${id}` };
    }
    if (/\/\d+\/messages$/.test(path)) {
      const to = isFields(body) && typeof body.to === 'string' ? body.to : undefined;
      const contacts = to === undefined ? [] : [{ input: to, wa_id: to }];
      return { messaging_product: 'whatsapp', contacts, messages: [{ id: `wamid.${id}` }] };
    }
    if (method === 'GET') return [];
    return { success: true, message: { id: `cm-${id}` } };
  }

  private keepIds(body: unknown): void {
    if (Array.isArray(body)) for (const one of body) this.keepIds(one);
    if (!isFields(body)) return;
    for (const [key, value] of Object.entries(body)) {
      if (['id', 'messageId', 'zaapId'].includes(key) && typeof value === 'string') this.ids.push(value);
      else this.keepIds(value);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function turned(list: unknown[], by: number): unknown[] {
  const start = by % Math.max(list.length, 1);
  return [...list.slice(start), ...list.slice(0, start)];
}
