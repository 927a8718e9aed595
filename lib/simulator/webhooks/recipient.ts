import type { AcceptedMessage, DeliveryFailure, MessageStatus } from '../messages/accepted-message.interface.js';
import type { MessageStore } from '../messages/message-store.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';
import type { MessageAct, ProviderSimulation } from '../provider-simulation.interface.js';
import type { WebhookNews } from '../simulator-event.interface.js';
import type { WebhookAnswer } from './webhook-answer.interface.js';
import type { WebhookPoster } from './webhook-poster.js';

/** The person at the other end, and the network on the way: what they do with a message, and who is told. */
export class Recipient {
  constructor(
    private readonly simulations: readonly ProviderSimulation[],
    private readonly messages: MessageStore,
    private readonly poster: WebhookPoster,
  ) {}

  press(messageId: string, buttonIdOrTitle: string): Promise<WebhookAnswer> {
    return this.pressOne(messageId, (message) => buttonOf(message, buttonIdOrTitle));
  }

  /** Presses the button at a place, which no other shares, whatever their ids and titles are. */
  pressAt(messageId: string, place: number): Promise<WebhookAnswer> {
    return this.pressOne(messageId, ({ buttons }) => {
      const button = buttons[place];
      if (!button) throw new Error(`Message "${messageId}" has no button at place ${place}; it has ${buttons.length}`);
      return button;
    });
  }

  async type(messageId: string, text: string, quoting: boolean): Promise<WebhookAnswer> {
    const message = this.messages.find(messageId);
    const tell = this.telling(message, { kind: 'text', text, quoting }, { messageId, answer: message.answers.length });
    this.messages.change(messageId, { answers: [...message.answers, { kind: 'text', text, at: new Date() }] });
    return tell();
  }

  async deliver(messageId: string, status: MessageStatus, reason?: string | DeliveryFailure): Promise<WebhookAnswer> {
    const message = this.messages.find(messageId);
    const failure = typeof reason === 'string' ? { text: reason } : reason && { ...reason };
    if (failure && status !== 'failed') throw new Error(`A message that is "${status}" has no reason for a failure`);
    const tell = this.telling(message, { kind: 'status', status, failure }, { messageId, status });
    this.messages.change(messageId, failure ? { status, failure } : { status });
    return tell();
  }

  private async pressOne(
    messageId: string,
    choose: (message: AcceptedMessage) => SimulatedButton,
  ): Promise<WebhookAnswer> {
    const message = this.messages.find(messageId);
    const button = choose(message);
    if (button.type !== 'reply' && button.type !== 'option') {
      throw new Error(`"${button.title}" is a ${button.type} button: pressing it gives no callback`);
    }
    const tell = this.telling(message, { kind: 'press', button }, { messageId, answer: message.answers.length });
    this.messages.change(messageId, { answers: [...message.answers, { kind: 'press', button, at: new Date() }] });
    return tell();
  }

  /** Makes the webhook, and so finds out whether there is one, before anything is recorded. */
  private telling(message: AcceptedMessage, act: MessageAct, news: WebhookNews): () => Promise<WebhookAnswer> {
    const simulation = this.simulations.find(({ name }) => name === message.provider);
    if (!simulation) throw new Error(`The simulator does not play ${message.provider}`);
    const body = Buffer.from(JSON.stringify(simulation.callback(message, act)), 'utf8');
    return () => this.poster.post(simulation.account(), body, simulation.webhookCredentials(body), news);
  }
}

function buttonOf(message: AcceptedMessage, idOrTitle: string): SimulatedButton {
  const byId = message.buttons.find(({ id }) => id !== '' && id === idOrTitle);
  if (byId) return byId;
  const [button, ...others] = message.buttons.filter(({ title }) => title === idOrTitle);
  if (!button) {
    const known = message.buttons.map(({ id, title }) => (id ? `"${title}" (id "${id}")` : `"${title}"`)).join(', ');
    throw new Error(`Message "${message.id}" has no button "${idOrTitle}"; it has ${known || 'no buttons at all'}`);
  }
  if (others.length > 0) {
    throw new Error(`Message "${message.id}" has several buttons titled "${idOrTitle}"; press one by its id`);
  }
  return button;
}
