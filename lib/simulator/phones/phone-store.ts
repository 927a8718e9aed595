import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { MessageStore } from '../messages/message-store.js';
import type { PeopleStore } from '../people/people-store.js';
import type { ProviderSimulation } from '../provider-simulation.js';
import type { SimulatorEvent } from '../simulator-event.interface.js';
import type { WebhookPoster } from '../webhooks/webhook-poster.js';
import { outcomeOf, PhoneActivities } from './phone-activities.js';
import type { PhoneContent, PhoneMessage, WebhookOutcome } from './phone-message.interface.js';
import { phoneMessage, phoneOwner } from './phone-message.js';
import type { PhoneActivity, PhoneNews } from './phone-news.interface.js';

/** Maximum number of messages on the page. */
export const SHOWN_MESSAGES = 2_000;
const SHOWN_ACTIVITIES = 200;

/** What an event changed on the phones. */
export interface PhoneChange {
  readonly messageId?: string;
  readonly activity?: PhoneActivity;
}

/** Stores what the phones show: messages, outcomes of replies, and activities. */
export class PhoneStore {
  private readonly activities = new PhoneActivities(SHOWN_ACTIVITIES);
  /** The outcomes of webhooks by message and the reply's index. */
  private readonly outcomes = new Map<string, Map<number, WebhookOutcome>>();

  constructor(
    private readonly simulations: readonly ProviderSimulation[],
    private readonly messages: MessageStore,
    private readonly people: PeopleStore,
    private readonly poster: WebhookPoster,
  ) {}

  /** Adds an event. Returns undefined if it does not change the phones. */
  note(event: SimulatorEvent): PhoneChange | undefined {
    switch (event.kind) {
      case 'accepted':
      case 'changed':
        return { messageId: event.message.id };
      case 'answered':
        if (event.request.accepted || event.request.method !== 'POST') return undefined;
        return { activity: this.activities.addRefusal(event.request, event.at) };
      case 'webhook':
        return this.noteWebhook(event);
      default:
        return undefined;
    }
  }

  snapshot(): PhoneNews {
    const latest = this.messages.list().slice(-SHOWN_MESSAGES);
    return this.news(latest, this.activities.list());
  }

  changes(messageIds: Iterable<string>, activities: readonly PhoneActivity[]): PhoneNews {
    const changed = [...messageIds].map((id) => this.messages.get(id)).filter((message) => message !== undefined);
    return this.news(changed, activities);
  }

  /** Returns what a phone shows of a message, or undefined if it is not stored. */
  contentOf(messageId: string): PhoneContent | undefined {
    const message = this.messages.get(messageId);
    return message && this.simulationOf(message).phoneContent(message);
  }

  private news(messages: readonly AcceptedMessage[], activities: readonly PhoneActivity[]): PhoneNews {
    const accepted = this.messages.accepted();
    return {
      providers: this.simulations.map((simulation) => ({
        provider: simulation.name,
        baseUrl: simulation.baseUrl,
        accepted: accepted[simulation.name],
      })),
      webhooks: this.poster.target() ?? null,
      messages: messages.map((message) => this.phoneMessageOf(message)),
      activities,
    };
  }

  private phoneMessageOf(message: AcceptedMessage): PhoneMessage {
    return phoneMessage(message, this.simulationOf(message), this.people, this.outcomes.get(message.id) ?? new Map());
  }

  private noteWebhook(event: Extract<SimulatorEvent, { kind: 'webhook' }>): PhoneChange {
    const { messageId, answer } = event.news ?? {};
    const message = messageId === undefined ? undefined : this.messages.get(messageId);
    if (message && answer !== undefined) this.keepOutcome(message.id, answer, outcomeOf(event));
    const address = message
      ? phoneOwner(this.simulationOf(message).phoneAddress(message), this.people).address
      : event.news?.address;
    const activity = this.activities.addWebhook(event, message, address);
    return { activity, ...(message && { messageId: message.id }) };
  }

  private keepOutcome(messageId: string, answer: number, outcome: WebhookOutcome): void {
    const ofMessage = this.outcomes.get(messageId) ?? new Map<number, WebhookOutcome>();
    ofMessage.set(answer, outcome);
    this.outcomes.delete(messageId);
    this.outcomes.set(messageId, ofMessage);
    for (const oldest of this.outcomes.keys()) {
      if (this.outcomes.size <= SHOWN_MESSAGES) break;
      this.outcomes.delete(oldest);
    }
  }

  private simulationOf({ provider }: AcceptedMessage): ProviderSimulation {
    const simulation = this.simulations.find(({ name }) => name === provider);
    if (!simulation) throw new Error(`The simulator has no provider ${provider}`);
    return simulation;
  }
}
