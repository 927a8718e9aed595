import type { Accounts } from '../accounts/accounts.js';
import type { WebhookOptions } from '../inbound/inbound.interface.js';
import type { JsonObject } from '../json.js';
import type { WebhookNews } from '../simulator-event.interface.js';
import type { WebhookAnswer } from './webhook-answer.interface.js';
import type { WebhookPoster } from './webhook-poster.js';

/** Sends webhooks of accounts: with their credentials, to their URL, as often as requested. */
export class OutgoingWebhooks {
  constructor(
    private readonly accounts: Accounts,
    private readonly poster: WebhookPoster,
  ) {}

  /** Sends a webhook. @throws Error if the account does not exist. WebhookNotDeliveredError if there is no response. */
  async post(name: string, body: JsonObject, news: WebhookNews, options: WebhookOptions = {}): Promise<WebhookAnswer> {
    const { times = 1, fields, gzip } = options;
    if (!Number.isInteger(times) || times < 1) throw new RangeError('times must be a positive integer');
    const simulation = this.accounts.simulationOf(name);
    const whole = fields ? simulation.addFields(body, fields) : body;
    const text = simulation.writeWebhook(whole);
    const webhook = {
      account: simulation.accounts.get(name),
      text,
      credentials: simulation.webhookCredentials(name, Buffer.from(text, 'utf8')),
      address: simulation.webhookAddress(name, whole),
      gzip,
    };
    for (let again = 1; again < times; again += 1) await this.poster.post(webhook, news);
    return this.poster.post(webhook, news);
  }
}
