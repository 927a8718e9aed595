import { isMedia } from '../inbound/inbound.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { ProviderSimulation } from '../provider-simulation.js';
import type { RecordedRequest } from '../server/recorded-request.interface.js';
import type { SimulatorEvent } from '../simulator-event.interface.js';
import type { SimulatorParts } from '../simulator-parts.js';
import { type DisplayedFile, displayedFile, mediaAt, mediaWithin } from './linked-media.js';
import { outcomeOf, PhoneActivities } from './phone-activities.js';
import type { PhoneMessage, WebhookOutcome } from './phone-message.interface.js';
import { phoneMessage, phoneOwner } from './phone-message.js';
import type { PhoneActivity, PhoneNews, PhoneWindows } from './phone-news.interface.js';

/** Maximum number of messages on the page. */
export const SHOWN_MESSAGES = 2_000;
const SHOWN_ACTIVITIES = 200;

/** What an event changed on the phones. */
export interface PhoneChange {
  readonly messageId?: string;
  readonly activity?: PhoneActivity;
  /** Whether 24-hour windows have changed. */
  readonly windows?: boolean;
}

/** What the phones show, and where it comes from. */
type PhoneSources = Pick<
  SimulatorParts,
  'simulations' | 'messages' | 'people' | 'poster' | 'accountWindows' | 'clock' | 'whatsAppCloud'
>;

/** Requests that send nothing, such as marking a message as read, are neither accepted nor rejected. */
function isRefusal({ accepted, method, fault, answer }: RecordedRequest): boolean {
  const isOther = fault === undefined && answer !== undefined && answer.status < 400;
  return !accepted && !isOther && method === 'POST';
}

/** Stores what the phones show: messages, outcomes of replies, and activities. */
export class PhoneStore {
  private readonly activities = new PhoneActivities(SHOWN_ACTIVITIES);
  /** The outcomes of webhooks by message and the reply's index. */
  private readonly outcomes = new Map<string, Map<number, WebhookOutcome>>();

  constructor(private readonly sources: PhoneSources) {}

  /** Adds an event. Returns undefined if it does not change the phones. */
  note(event: SimulatorEvent): PhoneChange | undefined {
    switch (event.kind) {
      case 'accepted':
      case 'changed':
        return { messageId: event.message.id };
      case 'answered':
        if (!isRefusal(event.request)) return undefined;
        return { activity: this.activities.addRefusal(event.request, event.at) };
      case 'webhook':
        return this.noteWebhook(event);
      default:
        return undefined;
    }
  }

  snapshot(): PhoneNews {
    const latest = this.sources.messages.list().slice(-SHOWN_MESSAGES);
    return { ...this.news(latest, this.activities.list()), windows: this.windows() };
  }

  /** @param withWindows Whether 24-hour windows have changed. */
  changes(messageIds: Iterable<string>, activities: readonly PhoneActivity[], withWindows: boolean): PhoneNews {
    const changed = [...messageIds]
      .map((id) => this.sources.messages.get(id))
      .filter((message) => message !== undefined);
    return { ...this.news(changed, activities), ...(withWindows && { windows: this.windows() }) };
  }

  /** Returns the file of a URL of `linkedMedia()`, or undefined. */
  fileAt(query: URLSearchParams): DisplayedFile | undefined {
    const id = query.get('id');
    if (id !== null) {
      const file = this.sources.whatsAppCloud.fileOnPhone(id);
      return file && displayedFile(file.mimeType, file.bytes);
    }
    const message = this.sources.messages.get(query.get('message') ?? '');
    if (!message) return undefined;
    const place = query.get('answer');
    if (place === null) return mediaWithin(this.simulationOf(message).phoneContent(message), Number(query.get('part')));
    const answer = message.answers[Number(place)];
    return answer?.kind === 'content' && isMedia(answer.content) ? mediaAt(answer.content.url ?? '') : undefined;
  }

  private windows(): PhoneWindows {
    const { accountWindows, clock } = this.sources;
    const enforcing = Object.entries(accountWindows.modes()).filter(([, mode]) => mode !== 'off');
    return {
      enforcedBy: enforcing.map(([account]) => account),
      open: accountWindows.list().map(({ account, person: { phone, userId, lid }, openUntil }) => ({
        account,
        addresses: [...(phone === undefined ? [] : [phone]), userId, lid],
        until: new Date(openUntil.getTime() - clock.offset).toISOString(),
      })),
    };
  }

  private news(messages: readonly AcceptedMessage[], activities: readonly PhoneActivity[]): PhoneNews {
    const accepted = this.sources.messages.accepted();
    return {
      providers: this.sources.simulations.map((simulation) => ({
        provider: simulation.name,
        baseUrl: simulation.baseUrl,
        accepted: accepted[simulation.name],
      })),
      webhooks: this.sources.poster.target() ?? null,
      messages: messages.map((message) => this.phoneMessageOf(message)),
      activities,
    };
  }

  private phoneMessageOf(message: AcceptedMessage): PhoneMessage {
    return phoneMessage(
      message,
      this.simulationOf(message),
      this.sources.people,
      this.outcomes.get(message.id) ?? new Map(),
    );
  }

  private noteWebhook(event: Extract<SimulatorEvent, { kind: 'webhook' }>): PhoneChange {
    const { messageId, answer } = event.news ?? {};
    const message = messageId === undefined ? undefined : this.sources.messages.get(messageId);
    if (message && answer !== undefined) this.keepOutcome(message.id, answer, outcomeOf(event));
    const address = message
      ? phoneOwner(this.simulationOf(message).phoneAddress(message), this.sources.people).address
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
    const simulation = this.sources.simulations.find(({ name }) => name === provider);
    if (!simulation) throw new Error(`The simulator has no provider ${provider}`);
    return simulation;
  }
}
