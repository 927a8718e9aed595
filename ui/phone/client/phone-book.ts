import type { PhoneMessage, PhoneOwner } from '../../../lib/simulator/phones/phone-message.interface.js';
import type {
  PhoneActivity,
  PhoneNews,
  PhoneWindows,
  PlayedProvider,
} from '../../../lib/simulator/phones/phone-news.interface.js';
import type { SimulatorListener } from './simulator-client.js';

/** One recipient's phone. */
export interface PhoneEntry {
  readonly owner: PhoneOwner;
  /** Oldest first. */
  readonly messages: readonly PhoneMessage[];
  /** The time of the latest message or reply, ISO 8601. */
  readonly lastAt: string;
}

/** The state that the simulator has reported. */
export interface PhoneBookState {
  readonly connection: 'connecting' | 'open' | 'lost';
  readonly providers: readonly PlayedProvider[];
  readonly webhooks: string | null;
  readonly windows: PhoneWindows;
  /** The phone with the latest message or reply first. */
  readonly phones: readonly PhoneEntry[];
  /** Oldest first. */
  readonly activities: readonly PhoneActivity[];
  /** The latest message since the page was opened. */
  readonly newest?: PhoneMessage;
}

const NO_WINDOWS: PhoneWindows = { enforcedBy: [], open: [] };
const MAX_ACTIVITIES = 200;
const MAX_MESSAGES = 4_000;

/** Groups the simulator's updates by phone. */
export class PhoneBook implements SimulatorListener {
  private current: PhoneBookState = {
    connection: 'connecting',
    providers: [],
    webhooks: null,
    windows: NO_WINDOWS,
    phones: [],
    activities: [],
  };
  private messages = new Map<string, PhoneMessage>();
  private readonly watchers = new Set<(state: PhoneBookState) => void>();

  get state(): PhoneBookState {
    return this.current;
  }

  /** Calls the listener on every change. Returns the function that removes it. */
  watch(watcher: (state: PhoneBookState) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  snapshot({ providers, webhooks, messages, activities, windows = NO_WINDOWS }: PhoneNews): void {
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.change({ providers, webhooks, windows, activities, phones: this.phonesAnew([]) });
  }

  changes({ providers, webhooks, messages, activities, windows }: PhoneNews): void {
    const newest = messages.filter(({ id }) => !this.messages.has(id)).at(-1);
    for (const message of messages) this.messages.set(message.id, message);
    const forgotten = [...this.messages.values()].slice(0, -MAX_MESSAGES);
    for (const { id } of forgotten) this.messages.delete(id);
    const touched = new Set([...messages, ...forgotten].map(({ to }) => to.address));
    const untouched = this.current.phones.filter(({ owner }) => !touched.has(owner.address));
    this.change({
      providers,
      webhooks,
      ...(windows && { windows }),
      activities: [...this.current.activities, ...activities].slice(-MAX_ACTIVITIES),
      ...(touched.size > 0 && { phones: this.phonesAnew(untouched) }),
      ...(newest && { newest }),
    });
  }

  connection(connection: 'open' | 'lost'): void {
    if (connection !== this.current.connection) this.change({ connection });
  }

  /** Returns all phones. Unchanged phones keep their identity. */
  private phonesAnew(untouched: readonly PhoneEntry[]): PhoneEntry[] {
    const known = new Set(untouched.map(({ owner }) => owner.address));
    const changed = new Map<string, { owner: PhoneOwner; messages: PhoneMessage[]; lastAt: string }>();
    for (const message of this.messages.values()) {
      const { address } = message.to;
      if (known.has(address)) continue;
      const phone = changed.get(address) ?? { owner: message.to, messages: [], lastAt: '' };
      phone.messages.push(message);
      phone.lastAt = later(phone.lastAt, later(message.at, message.answers.at(-1)?.at ?? ''));
      changed.set(address, phone);
    }
    return [...untouched, ...changed.values()].sort(byLastFirst);
  }

  private change(change: Partial<PhoneBookState>): void {
    this.current = { ...this.current, ...change };
    for (const watcher of this.watchers) watcher(this.current);
  }
}

function byLastFirst(one: PhoneEntry, other: PhoneEntry): number {
  return Number(one.lastAt < other.lastAt) - Number(one.lastAt > other.lastAt);
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
