import { LRUCache } from 'lru-cache';
import { LOWEST_PRIORITY } from './engines/bullmq-internals/constants.js';
import type { OrderRange } from './engines/queue-engine.js';

/** Messages without a priority of their own have these. */
const LOWEST_FAIR = 2 ** 20 - 1;
/** So many messages of an account go before the next account has its turn. */
const MESSAGES_PER_TURN = 8;
const MAX_ACCOUNTS = 10_000;
const LOOK_INTERVAL_MS = 500;

interface Place {
  /** The turn of its last message. Eight messages are one turn. */
  turn: number;
  /** Messages that got their turn and are not in the engine yet, for all that is known. */
  underWay: number;
  /** When the last one got its turn. */
  at: number;
}

/**
 * Lets accounts take turns: who has one message waiting does not wait for whoever has a thousand. Each message gets the
 * number of its turn as its priority, which is start-time fair queueing: the turns of an account follow upon each other
 * and begin where the queue is at present. Each process counts for itself, and sees in the engine where the others are.
 */
export class FairOrder {
  private readonly places = new LRUCache<string, Place>({ max: MAX_ACCOUNTS });
  private present = 0;
  private lookedAt = Number.NEGATIVE_INFINITY;

  /** @param range The first and the last of what waits, up to a priority. */
  constructor(private readonly range: (lowest: number) => Promise<OrderRange | undefined>) {}

  /** BullMQ's priority for the next message of an account. Those with a wish of their own come behind all others. */
  priorityOf(account: string, wish: number | undefined): number {
    const place = this.places.get(account) ?? { turn: Number.NEGATIVE_INFINITY, underWay: 0, at: 0 };
    place.underWay += 1;
    place.at = performance.now();
    if (wish === undefined) place.turn = Math.max(place.turn + 1 / MESSAGES_PER_TURN, this.present);
    this.places.set(account, place);
    return wish === undefined
      ? Math.min(1 + Math.floor(place.turn), LOWEST_FAIR)
      : Math.min(LOWEST_FAIR + wish, LOWEST_PRIORITY);
  }

  /** The engine has it, or will never have it. Nobody waits for the look: what was known is good enough until then. */
  added(account: string): void {
    const place = this.places.get(account);
    if (place) place.underWay -= 1;
    if (performance.now() - this.lookedAt >= LOOK_INTERVAL_MS) void this.look();
  }

  /** A message with this priority is sent now: this is where the queue is. */
  reach(priority: number): void {
    if (priority > 0 && priority <= LOWEST_FAIR) this.present = Math.max(this.present, priority - 1);
  }

  /** Sees where the queue is. An engine that does not answer changes nothing. */
  async look(): Promise<void> {
    const lookedAt = performance.now();
    this.lookedAt = lookedAt;
    try {
      this.see(await this.range(LOWEST_FAIR), lookedAt);
    } catch {
      // The next look may see more.
    }
  }

  private see(range: OrderRange | undefined, lookedAt: number): void {
    this.present = range ? Math.max(this.present, range.first - 1) : 0;
    for (const [account, place] of this.places.entries()) {
      // What may not have been in the engine yet was not seen.
      if (place.underWay > 0 || place.at >= lookedAt) continue;
      if (!range) this.places.delete(account);
      else place.turn = Math.min(place.turn, range.last);
    }
  }
}
