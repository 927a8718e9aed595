import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Subject } from 'rxjs';
import type { SimulatedAccount } from '../simulated-account.interface.js';
import type { SimulatorEvent } from '../simulator-event.interface.js';
import type { WebhookAnswer } from './webhook-answer.interface.js';

const patienceMs = 10_000;

/** Posts to the app's webhook addresses. */
export class WebhookPoster {
  private base: string | undefined;

  constructor(
    private readonly events: Subject<SimulatorEvent>,
    private readonly closed: AbortSignal,
  ) {}

  /** Throws a TypeError where this is no http or https URL. */
  aim(url: string | URL | undefined): void {
    if (url === undefined) {
      this.base = undefined;
      return;
    }
    const base = String(url).replace(/\/+$/, '');
    if (!URL.canParse(base) || !/^https?:/i.test(base)) {
      throw new TypeError('A webhook address is an http or https URL');
    }
    this.base = base;
  }

  /** Throws an Error where no address is set. */
  addressOf(account: SimulatedAccount): string {
    if (!this.base) {
      throw new Error('No webhook address is set: call webhooks(url) with the base of your webhook routes first');
    }
    return `${this.base}/${account.provider}/${encodeURIComponent(account.name)}`;
  }

  post(account: SimulatedAccount, body: Buffer, credentials: Readonly<Record<string, string>>): Promise<WebhookAnswer> {
    const headers = { 'content-type': 'application/json', 'content-length': String(body.length), ...credentials };
    return this.ask(account, 'POST', this.addressOf(account), headers, body);
  }

  get(account: SimulatedAccount, query: URLSearchParams): Promise<WebhookAnswer> {
    return this.ask(account, 'GET', `${this.addressOf(account)}?${query}`, {}, Buffer.alloc(0));
  }

  private async ask(
    account: SimulatedAccount,
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer,
  ): Promise<WebhookAnswer> {
    const bare = url.split('?', 1).join('');
    const about = { kind: 'webhook', provider: account.provider, url: bare } as const;
    try {
      const { status, text } = await this.exchange(method, url, headers, body);
      this.events.next({ ...about, at: new Date(), status });
      return { status, body: text, url: bare, posted: body.toString('utf8') };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.events.next({ ...about, at: new Date(), error: reason });
      throw new Error(`The webhook could not be posted to ${bare}: ${reason}`, { cause });
    }
  }

  private exchange(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer,
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      // Without an agent each webhook has a connection of its own, and none outlives it.
      const options = { method, headers, agent: false, signal: this.closed } as const;
      const answered = (answer: IncomingMessage): void => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
        answer.once('error', reject);
      };
      const request: ClientRequest = /^https:/i.test(url)
        ? httpsRequest(url, options, answered)
        : httpRequest(url, options, answered);
      request.setTimeout(patienceMs, () => request.destroy(new Error(`no answer within ${patienceMs / 1000} seconds`)));
      request.once('error', reject);
      request.end(body);
    });
  }
}
