import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { FakeProvider, type ReceivedRequest } from '../../support/fake-provider.js';
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

interface RuleInUse {
  rule: Rule;
  used: number;
}

/** Serves all three providers at one URL. Responds by rules, or accepts with generated ids. */
export class RuleBasedProvider {
  readonly requests: ProviderRequest[] = [];
  /** The ids of all accepted messages. */
  readonly ids: string[] = [];
  answered = 0;
  private rules: RuleInUse[] = [];
  private gate: { promise: Promise<void>; resolve: (value: undefined) => void } | undefined;
  private accepted = 0;

  private constructor(private readonly server: FakeProvider) {}

  static async start(): Promise<RuleBasedProvider> {
    const provider = new RuleBasedProvider(await FakeProvider.start());
    provider.server.always((...given) => provider.handle(...given));
    return provider;
  }

  get url(): string {
    return this.server.url;
  }

  /** Replaces all earlier rules. */
  answersBy(rules: Rule[] = []): void {
    this.rules = rules.map((rule) => ({ rule, used: 0 }));
  }

  /** Delays the responses to POST requests until `release`. */
  hold(): void {
    this.gate = deferred<void>();
  }

  release(): void {
    this.gate?.resolve(undefined);
    this.gate = undefined;
  }

  async close(): Promise<void> {
    this.release();
    await this.server.close();
  }

  private async handle(received: ReceivedRequest, response: ServerResponse, socket: Socket): Promise<void> {
    const { method, url, headers } = received;
    const request = { method, path: url, headers: { ...headers }, body: parsed(received.body) };
    this.requests.push(request);
    const gate = method === 'POST' ? this.gate : undefined;
    const rule = this.ruleFor(request) ?? { to: method, body: this.acceptance(request) };
    await gate?.promise;
    if (rule.end === 'silence') return;
    if (rule.end === 'reset') {
      socket.resetAndDestroy();
      return;
    }
    this.keepIds(rule.body);
    response.writeHead(rule.status ?? 200, { 'content-type': rule.type ?? 'application/json', ...rule.headers });
    response.end(rule.text ?? JSON.stringify(rule.body ?? {}), () => {
      this.answered += 1;
    });
  }

  private ruleFor({ method, path }: ProviderRequest): Rule | undefined {
    const found = this.rules.find(({ rule, used }) => {
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
