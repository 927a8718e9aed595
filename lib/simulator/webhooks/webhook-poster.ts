import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { gzipSync } from 'node:zlib';
import type { Subject } from 'rxjs';
import type { SimulatedAccount } from '../simulated-account.interface.js';
import type { SimulatorEvent, WebhookNews } from '../simulator-event.interface.js';
import type { WebhookAnswer } from './webhook-answer.interface.js';
import { WebhookNotDeliveredError } from './webhook-not-delivered.error.js';

const RESPONSE_TIMEOUT_MS = 10_000;

/** A webhook to send. */
export interface Webhook {
  readonly account: SimulatedAccount;
  /** The text of the body. */
  readonly text: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** The account's own URL. Undefined for the URL of all. */
  readonly address?: string | undefined;
  readonly gzip?: boolean | undefined;
}

/** Sends webhooks to the application. */
export class WebhookPoster {
  private base: string | undefined;

  constructor(
    private readonly events: Subject<SimulatorEvent>,
    private readonly closed: AbortSignal,
  ) {}

  /** Sets the URL of the webhook routes. @throws TypeError if it is not an HTTP URL. */
  aim(url: string | URL | undefined): void {
    if (url === undefined) {
      this.base = undefined;
      return;
    }
    const base = String(url).replace(/\/+$/, '');
    if (!URL.canParse(base) || !/^https?:/i.test(base)) {
      throw new TypeError('The webhook URL must be an http or https URL');
    }
    this.base = base;
  }

  /** Returns the URL of the webhook routes, or undefined. */
  target(): string | undefined {
    return this.base;
  }

  post(webhook: Webhook, news: WebhookNews): Promise<WebhookAnswer> {
    const { account, text, credentials, address, gzip } = webhook;
    const body = gzip ? gzipSync(text) : Buffer.from(text, 'utf8');
    const headers = {
      'content-type': 'application/json',
      ...(gzip && { 'content-encoding': 'gzip' }),
      'content-length': String(body.length),
      ...credentials,
    };
    const url = address ?? this.addressOf(account);
    return this.ask(account, url, (to) => this.exchange('POST', to, headers, body), text, news);
  }

  get(account: SimulatedAccount, query: URLSearchParams): Promise<WebhookAnswer> {
    const ask = (url: string) => this.exchange('GET', `${url}?${query}`, {}, Buffer.alloc(0));
    return this.ask(account, this.addressOf(account), ask, '');
  }

  private addressOf({ provider, name }: SimulatedAccount): string {
    return this.base ? `${this.base}/${provider}/${encodeURIComponent(name)}` : '';
  }

  private async ask(
    account: SimulatedAccount,
    url: string,
    exchange: (url: string) => Promise<{ status: number; text: string }>,
    posted: string,
    news?: WebhookNews,
  ): Promise<WebhookAnswer> {
    const about = { kind: 'webhook', provider: account.provider, url, ...(news && { news }) } as const;
    if (url === '') {
      this.events.next({ ...about, at: new Date(), error: 'no webhook URL is set' });
      throw new WebhookNotDeliveredError(
        'No webhook URL is set. Call webhooks(url) with the URL of your webhook routes first',
      );
    }
    try {
      const { status, text } = await exchange(url);
      this.events.next({ ...about, at: new Date(), status });
      return { status, body: text, url, posted };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.events.next({ ...about, at: new Date(), error: reason });
      throw new WebhookNotDeliveredError(`Cannot send the webhook to ${url}: ${reason}`, { cause });
    }
  }

  private exchange(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer,
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      // Without an agent, each webhook has its own connection.
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
      request.setTimeout(RESPONSE_TIMEOUT_MS, () =>
        request.destroy(new Error(`no response within ${RESPONSE_TIMEOUT_MS / 1000} seconds`)),
      );
      request.once('error', reject);
      request.end(body);
    });
  }
}
