import type { Accounts } from '../accounts/accounts.js';
import type { AccountNews } from '../inbound/account-news.interface.js';
import type {
  BurstOptions,
  InboundContent,
  InboundEnvelope,
  InboundMessage,
  WebhookOptions,
} from '../inbound/inbound.interface.js';
import { untellable } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';
import type { PeopleStore } from '../people/people-store.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import type { OutgoingWebhooks } from './outgoing-webhooks.js';
import type { WebhookAnswer } from './webhook-answer.interface.js';

/** What comes to an account by itself: what people send, and what happens to it. */
export class InboundTraffic {
  constructor(
    private readonly accounts: Accounts,
    private readonly people: PeopleStore,
    private readonly desk: OutgoingWebhooks,
  ) {}

  async write(account: string, message: InboundMessage, options: WebhookOptions = {}): Promise<WebhookAnswer> {
    const { body, news } = this.told(account, message, options);
    return this.desk.post(account, body, news, options);
  }

  /** Several texts in quick succession: one event at Chatvolt; elsewhere one each, all at once or in one body. */
  async burst(
    account: string,
    envelope: InboundEnvelope,
    texts: readonly string[],
    options: BurstOptions = {},
  ): Promise<WebhookAnswer[]> {
    const simulation = this.accounts.simulationOf(account);
    const parts = simulation.name === 'chatvolt' ? [texts.join('\n\n')] : texts;
    const told = parts.map((text) => this.told(account, { ...envelope, type: 'text', text }, options));
    if (!options.together)
      return Promise.all(told.map(({ body, news }) => this.desk.post(account, body, news, options)));
    const body = simulation.together(told.map((one) => one.body));
    if (!body) throw untellable(simulation.name, 'several events in one body');
    return [await this.desk.post(account, body, { ...told[0]?.news, other: texts.join(' · ') }, options)];
  }

  async announce(account: string, news: AccountNews, options?: WebhookOptions): Promise<WebhookAnswer> {
    const body = this.accounts.simulationOf(account).accountNews(account, news);
    return this.desk.post(account, body, { other: news.type === 'other' ? news.name : news.type }, options);
  }

  post(account: string, body: JsonObject, options?: WebhookOptions): Promise<WebhookAnswer> {
    return this.desk.post(account, body, { other: 'a webhook of your own' }, options);
  }

  private told(account: string, message: InboundMessage, { heardBy }: WebhookOptions) {
    const { from, content, envelope } = partsOf(message);
    const person = typeof from === 'string' ? this.people.at(from) : this.people.add(from);
    const inbound = { ...envelope, from: person, content, ...(heardBy !== undefined && { heardBy }) };
    const body = this.accounts.simulationOf(account).inbound(account, inbound);
    this.learn(person, content);
    return { body, news: newsOf(content, message.group ?? person.phone ?? person.lid) };
  }

  private learn(person: SimulatedPerson, content: InboundContent): void {
    if (content.type === 'changed-number') this.people.change(person, { phone: content.phone });
    if (content.type === 'changed-user-id') this.people.change(person, { userId: content.userId });
  }
}

function partsOf(message: InboundMessage) {
  const { from, group, newsletter, channel, quoting, messageId, storyReply, ...content } = message;
  const envelope = {
    ...(group !== undefined && { group }),
    ...(newsletter !== undefined && { newsletter }),
    ...(channel !== undefined && { channel }),
    ...(quoting !== undefined && { quoting }),
    ...(messageId !== undefined && { messageId }),
    ...(storyReply !== undefined && { storyReply }),
  };
  return { from, envelope, content };
}

function newsOf(content: InboundContent, address: string) {
  const words = 'text' in content ? content.text : content.type === 'press' ? content.title : content.type;
  return { other: words, address };
}
