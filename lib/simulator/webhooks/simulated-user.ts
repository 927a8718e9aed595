import type { Accounts } from '../accounts/accounts.js';
import type {
  AnswerOptions,
  DeliverOptions,
  InboundContent,
  ReplyContent,
  ReplyOptions,
  WebhookOptions,
} from '../inbound/inbound.interface.js';
import type { JsonObject } from '../json.js';
import type {
  AcceptedMessage,
  DeliveryFailure,
  MessageStatus,
  RecipientAnswer,
} from '../messages/accepted-message.interface.js';
import type { MessageStore } from '../messages/message-store.js';
import type { PeopleStore } from '../people/people-store.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import { buttonOf } from './message-buttons.js';
import type { OutgoingWebhooks } from './outgoing-webhooks.js';
import type { WebhookAnswer } from './webhook-answer.interface.js';

/** The person who replies in a group by default. */
const GROUP_MEMBER = '5544999999999';

/** The webhook of a reply. */
interface Answer {
  readonly body: JsonObject;
  /** The ID of the reply, if the account may mark it as read. */
  readonly id: string | undefined;
}

/** Simulates the recipient of messages and the network: replies, statuses and their webhooks. */
export class SimulatedUser {
  constructor(
    private readonly accounts: Accounts,
    private readonly messages: MessageStore,
    private readonly people: PeopleStore,
    private readonly webhooks: OutgoingWebhooks,
  ) {}

  /** Presses a button. @param wanted Its ID, its title, or its index in the message. */
  async press(messageId: string, wanted: string | number, options?: AnswerOptions): Promise<WebhookAnswer> {
    const message = this.messages.find(messageId);
    const button = buttonOf(message, wanted);
    if (button.type !== 'reply' && button.type !== 'option') {
      throw new Error(`"${button.title}" is a ${button.type} button, which causes no webhook when it is pressed`);
    }
    const { id, title } = button;
    const kind = message.body.type === 'template' ? 'template' : button.type;
    const sent = this.answer(message, { type: 'press', id, title, kind }, true, options);
    return this.record(message, sent, { kind: 'press', button, at: new Date() }, options);
  }

  async type(messageId: string, text: string, quoting: boolean, options?: AnswerOptions): Promise<WebhookAnswer> {
    const message = this.messages.find(messageId);
    const sent = this.answer(message, { type: 'text', text }, quoting, options);
    return this.record(message, sent, { kind: 'text', text, at: new Date() }, options);
  }

  /** Replies with something other than a press or a text. */
  async reply(messageId: string, content: ReplyContent, options: ReplyOptions = {}): Promise<WebhookAnswer> {
    const message = this.messages.find(messageId);
    const sent = this.answer(message, content, options.quoting ?? true, options);
    return this.record(message, sent, { kind: 'content', content, at: new Date() }, options);
  }

  async deliver(
    messageId: string,
    status: MessageStatus,
    reason?: string | DeliveryFailure,
    options: DeliverOptions = {},
  ): Promise<WebhookAnswer> {
    const message = this.messages.find(messageId);
    const failure = typeof reason === 'string' ? { text: reason } : reason && { ...reason };
    if (failure && status !== 'failed')
      throw new Error(`reason is only allowed for the status "failed", not "${status}"`);
    const simulation = this.accounts.simulationOf(message.account);
    const body = simulation.statusUpdate(message, { ...options, status, failure });
    const isOfMessage = options.type === undefined || options.type === 'message';
    if (isOfMessage) this.messages.change(messageId, failure ? { status, failure } : { status });
    return this.webhooks.post(message.account, body, { messageId, status }, options);
  }

  async echo(messageId: string, options?: WebhookOptions): Promise<WebhookAnswer> {
    const message = this.messages.find(messageId);
    const body = this.accounts.simulationOf(message.account).echo(message);
    return this.webhooks.post(message.account, body, { messageId, other: message.text }, options);
  }

  private record(message: AcceptedMessage, { body, id }: Answer, reply: RecipientAnswer, options?: WebhookOptions) {
    const news = { messageId: message.id, answer: message.answers.length };
    const answers = [...message.answers, id === undefined ? reply : { ...reply, id }];
    this.messages.change(message.id, { answers });
    return this.webhooks.post(message.account, body, news, options);
  }

  /** Creates the webhook before anything is recorded, because it may not exist. */
  private answer(
    message: AcceptedMessage,
    content: InboundContent,
    quoting: boolean,
    options: AnswerOptions = {},
  ): Answer {
    const simulation = this.accounts.simulationOf(message.account);
    const group = simulation.groupOf(message);
    const from = this.answering(simulation.phoneAddress(message), group, options);
    const id = simulation.inboundId(from);
    const body = simulation.inbound(message.account, {
      from,
      content,
      answered: message,
      group,
      quoting: quoting ? message.id : undefined,
      messageId: options.messageId === undefined ? id : options.messageId,
      heardBy: options.heardBy,
    });
    return { body, id: id && (options.messageId ?? id) };
  }

  private answering(phoneAddress: string, group: string | undefined, { by }: AnswerOptions): SimulatedPerson {
    if (by !== undefined) return typeof by === 'string' ? this.people.at(by) : this.people.add(by);
    return this.people.at(group === undefined ? phoneAddress : GROUP_MEMBER);
  }
}
