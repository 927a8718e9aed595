import type { ButtonMessage } from '../../../lib/index.js';
import type { EnqueueOptions, QueuedMessageState } from '../../../lib/queue/index.js';
import type { GatewaySimulator } from '../../../lib/simulator/index.js';

/** The results of all messages. */
export interface Account {
  /** Messages whose `enqueue` returned. */
  accepted: number;
  sent: number;
  held: number;
  /** Held messages that the provider accepted. */
  heldButAccepted: number;
  /** Messages whose acceptance is unknown and that were not enqueued again. */
  unacknowledged: number;
  /** Accepted messages that are neither sent nor held, or are sent but missing at the provider. */
  lost: string[];
  /** Messages that the provider accepted more than once. */
  twice: string[];
}

/** Enqueues numbered messages and records their results. */
export class MessageLedger {
  private readonly waiting: number[];
  private readonly ids = new Map<number, string>();
  private readonly unacknowledged = new Set<number>();

  constructor(
    private readonly title: string,
    readonly size: number,
  ) {
    this.waiting = Array.from({ length: size }, (_, index) => index);
  }

  /** The number of messages that are still to be enqueued. */
  get left(): number {
    return this.waiting.length;
  }

  /** The number of accepted messages. */
  get accepted(): number {
    return this.ids.size;
  }

  /**
   * Enqueues the next message. Every second one has a key and is enqueued again if `enqueue` fails. The others are
   * enqueued again only if they were rejected. Resolves to the thrown error.
   */
  async enqueueNext(
    enqueue: (message: ButtonMessage, options: EnqueueOptions) => Promise<string>,
    wasRefused: (error: unknown) => boolean = () => false,
  ): Promise<unknown> {
    const index = this.waiting.shift();
    if (index === undefined) return undefined;
    const keyed = index % 2 === 0;
    if (!keyed) this.unacknowledged.add(index);
    try {
      const options = keyed ? { idempotencyKey: this.nameOf(index) } : {};
      this.ids.set(index, await enqueue(this.message(index), options));
      this.unacknowledged.delete(index);
      return undefined;
    } catch (error) {
      if (keyed || wasRefused(error)) this.waiting.push(index);
      if (wasRefused(error)) this.unacknowledged.delete(index);
      return error;
    }
  }

  /** Compares the messages at the provider with their states in the queue. */
  async settle(
    simulator: GatewaySimulator,
    find: (id: string) => Promise<QueuedMessageState | undefined>,
  ): Promise<Account> {
    const times = new Map<string, number>();
    for (const { text } of simulator.messages()) times.set(text, (times.get(text) ?? 0) + 1);
    const { ids, unacknowledged } = this;
    const account = { accepted: ids.size, sent: 0, held: 0, heldButAccepted: 0, unacknowledged: unacknowledged.size };
    const lost: string[] = [];
    for (const [index, id] of ids) {
      const state = await find(id);
      const isThere = times.has(this.nameOf(index));
      if (state === 'sent') account.sent += 1;
      if (state === 'held') account.held += 1;
      if (state === 'held' && isThere) account.heldButAccepted += 1;
      if (state !== 'held' && !(state === 'sent' && isThere)) lost.push(`${this.nameOf(index)} (${id}): ${state}`);
    }
    const twice = [...times].flatMap(([text, count]) => (count > 1 ? [`${text}: ${count} times`] : []));
    return { ...account, lost, twice };
  }

  private message(index: number): ButtonMessage {
    const to = `55119${String(80_000_000 + index)}`;
    return { to, text: this.nameOf(index), buttons: [{ type: 'reply', id: 'a', title: 'A' }] };
  }

  private nameOf(index: number): string {
    return `${this.title} ${index}`;
  }
}
