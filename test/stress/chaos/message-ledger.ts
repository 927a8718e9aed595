import type { ButtonMessage } from '../../../lib/index.js';
import type { EnqueueOptions, QueuedMessageState } from '../../../lib/queue/index.js';
import type { GatewaySimulator } from '../../../lib/simulator/index.js';

/** What became of all messages. */
export interface Account {
  /** Their `enqueue` returned. */
  accepted: number;
  sent: number;
  held: number;
  /** Of those held, the ones that the provider has. */
  heldButAccepted: number;
  /** Nobody learned whether these were accepted, and they were not enqueued again. */
  unacknowledged: number;
  /** Accepted messages that are neither sent nor held, or sent and not with the provider. */
  lost: string[];
  /** Messages that the provider has more than once. */
  twice: string[];
}

/** Enqueues messages that are told apart by their number, and keeps book of them. */
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

  /** How many are still to be enqueued. */
  get left(): number {
    return this.waiting.length;
  }

  /** How many were accepted so far. */
  get accepted(): number {
    return this.ids.size;
  }

  /**
   * Enqueues the next one. Every second one has a key: where its `enqueue` fails it is enqueued again, later. The others
   * are enqueued once only, unless they were refused. Resolves to what was thrown.
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

  /** Compares what the provider has with what the queue says. */
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
