import type { Accounts } from '../accounts/accounts.js';
import type { AccountNews } from '../inbound/account-news.interface.js';
import type {
  BurstOptions,
  InboundContent,
  InboundEnvelope,
  InboundMessage,
  WebhookOptions,
} from '../inbound/inbound.interface.js';
import { unsupportedCallback } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';
import type { PeopleStore } from '../people/people-store.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import type { OutgoingWebhooks } from './outgoing-webhooks.js';
import type { WebhookAnswer } from './webhook-answer.interface.js';

/** Sends webhooks about people's messages and accounts' events. */
export class InboundTraffic {
  constructor(
    private readonly accounts: Accounts,
    private readonly people: PeopleStore,
    private readonly webhooks: OutgoingWebhooks,
  ) {}

  async write(account: string, message: InboundMessage, options: WebhookOptions = {}): Promise<WebhookAnswer> {
    const { body, news } = this.webhookOf(account, message, options);
    return this.webhooks.post(account, body, news, options);
  }

  /**
   * Sends several texts in quick succession: one event for Chatvolt. For others one each, all at once or in one body.
   */
  async burst(
    account: string,
    envelope: InboundEnvelope,
    texts: readonly string[],
    options: BurstOptions = {},
  ): Promise<WebhookAnswer[]> {
    const simulation = this.accounts.simulationOf(account);
    const parts = simulation.name === 'chatvolt' ? [texts.join('\n\n')] : texts;
    const webhooksToSend = parts.map((text) => this.webhookOf(account, { ...envelope, type: 'text', text }, options));
    if (!options.together)
      return Promise.all(webhooksToSend.map(({ body, news }) => this.webhooks.post(account, body, news, options)));
    const body = simulation.together(webhooksToSend.map((one) => one.body));
    if (!body) throw unsupportedCallback(simulation.name, 'several events in one body');
    return [await this.webhooks.post(account, body, { ...webhooksToSend[0]?.news, other: texts.join(' · ') }, options)];
  }

  async announce(account: string, news: AccountNews, options?: WebhookOptions): Promise<WebhookAnswer> {
    const body = this.accounts.simulationOf(account).accountNews(account, news);
    return this.webhooks.post(account, body, { other: news.type === 'other' ? news.name : news.type }, options);
  }

  post(account: string, body: JsonObject, options?: WebhookOptions): Promise<WebhookAnswer> {
    return this.webhooks.post(account, body, { other: 'a webhook of your own' }, options);
  }

  private webhookOf(account: string, message: InboundMessage, { heardBy }: WebhookOptions) {
    const { from } = message;
    const person = typeof from === 'string' ? this.people.at(from) : this.people.add(from);
    const inbound = { ...message, from: person, content: message, heardBy };
    const body = this.accounts.simulationOf(account).inbound(account, inbound);
    this.learn(person, message);
    return { body, news: newsOf(message, message.group ?? person.phone ?? person.lid) };
  }

  private learn(person: SimulatedPerson, content: InboundContent): void {
    if (content.type === 'changed-number') this.people.change(person, { phone: content.phone });
    if (content.type === 'changed-user-id') this.people.change(person, { userId: content.userId });
  }
}

function newsOf(content: InboundContent, address: string) {
  const summary = 'text' in content ? content.text : content.type === 'press' ? content.title : content.type;
  return { other: summary, address };
}
