import type { PhoneMessage, PhoneOwner } from '../../phones/phone-message.interface.js';
import type { PhoneActivity, PhoneNews, PlayedProvider } from '../../phones/phone-news.interface.js';
import type { SimulatorListener } from './simulator-client.js';

/** One recipient's phone. */
export interface PhoneEntry {
  readonly owner: PhoneOwner;
  /** Oldest first. */
  readonly messages: readonly PhoneMessage[];
  /** Of the latest message or answer, ISO 8601. */
  readonly lastAt: string;
}

/** All that the page knows. */
export interface PhoneBookState {
  readonly connection: 'connecting' | 'open' | 'lost';
  readonly providers: readonly PlayedProvider[];
  readonly webhooks: string | null;
  /** The phone that was last rung or answered first. */
  readonly phones: readonly PhoneEntry[];
  /** Oldest first. */
  readonly activities: readonly PhoneActivity[];
  /** The message that came last, once there was one since the page was opened. */
  readonly newest?: PhoneMessage;
}

const keptActivities = 200;
const keptMessages = 4_000;

/** Gathers what the simulator tells into phones. */
export class PhoneBook implements SimulatorListener {
  private current: PhoneBookState = {
    connection: 'connecting',
    providers: [],
    webhooks: null,
    phones: [],
    activities: [],
  };
  private messages = new Map<string, PhoneMessage>();
  private readonly watchers = new Set<(state: PhoneBookState) => void>();

  get state(): PhoneBookState {
    return this.current;
  }

  /** Tells of every change. Returns what ends it. */
  watch(watcher: (state: PhoneBookState) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  snapshot({ providers, webhooks, messages, activities }: PhoneNews): void {
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.change({ providers, webhooks, activities, phones: phonesOf(this.messages.values()) });
  }

  changes({ providers, webhooks, messages, activities }: PhoneNews): void {
    const isNew = messages.filter(({ id }) => !this.messages.has(id));
    for (const message of messages) this.messages.set(message.id, message);
    for (const oldest of this.messages.keys()) {
      if (this.messages.size <= keptMessages) break;
      this.messages.delete(oldest);
    }
    const newest = isNew.at(-1);
    this.change({
      providers,
      webhooks,
      activities: [...this.current.activities, ...activities].slice(-keptActivities),
      ...(messages.length > 0 && { phones: phonesOf(this.messages.values()) }),
      ...(newest && { newest }),
    });
  }

  connection(connection: 'open' | 'lost'): void {
    if (connection !== this.current.connection) this.change({ connection });
  }

  private change(change: Partial<PhoneBookState>): void {
    this.current = { ...this.current, ...change };
    for (const watcher of this.watchers) watcher(this.current);
  }
}

function phonesOf(messages: Iterable<PhoneMessage>): PhoneEntry[] {
  const byAddress = new Map<string, { owner: PhoneOwner; messages: PhoneMessage[]; lastAt: string }>();
  for (const message of messages) {
    const { address } = message.to;
    const phone = byAddress.get(address) ?? { owner: message.to, messages: [], lastAt: '' };
    phone.messages.push(message);
    const last = message.answers.at(-1)?.at ?? '';
    for (const at of [message.at, last]) if (at > phone.lastAt) phone.lastAt = at;
    byAddress.set(address, phone);
  }
  return [...byAddress.values()].sort((one, other) =>
    one.lastAt < other.lastAt ? 1 : one.lastAt > other.lastAt ? -1 : 0,
  );
}
