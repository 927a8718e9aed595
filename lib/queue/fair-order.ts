import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { LOWEST_PRIORITY } from './engines/bullmq-internals/constants.js';
import { type EngineJobs, type OrderRange, QueueEngine } from './engines/queue-engine.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';

/** The largest priority of messages without a `priority` option. */
const LOWEST_FAIR = 2 ** 20 - 1;
/** Number of messages of an account before the next account has its turn. */
const MESSAGES_PER_TURN = 8;
const MAX_ACCOUNTS = 10_000;
const LOOK_INTERVAL_MS = 500;

interface Place {
  /** The turn of its last message. One message is a fraction of a turn. */
  turn: number;
  /** Messages that have a turn and may not be in the engine yet. */
  pending: number;
  /** When the last message got its turn. */
  at: number;
}

/**
 * Lets accounts take turns, so that one message does not wait for a thousand of another account (start-time fair
 * queueing). The number of a message's turn is its BullMQ priority. An account's turns are consecutive, and start at
 * the queue's current turn. Each process counts on its own, and reads the others' turns from the engine.
 */
@Injectable()
export class FairOrder {
  private readonly places = new LRUCache<string, Place>({ max: MAX_ACCOUNTS });
  private currentTurn = 0;
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(QueueEngine) private readonly engine: { readonly jobs: Pick<EngineJobs, 'orderRange'> },
    @Inject(QUEUE_SETTINGS) private readonly settings: Pick<QueueSettings, 'name'>,
  ) {}

  /** Returns BullMQ's priority for the next message of an account. Messages with a `priority` option come last. */
  priorityOf(account: string, priority: number | undefined): number {
    const place = this.places.get(account) ?? { turn: Number.NEGATIVE_INFINITY, pending: 0, at: 0 };
    place.pending += 1;
    place.at = performance.now();
    if (priority === undefined) place.turn = Math.max(place.turn + 1 / MESSAGES_PER_TURN, this.currentTurn);
    this.places.set(account, place);
    return priority === undefined
      ? Math.min(1 + Math.floor(place.turn), LOWEST_FAIR)
      : Math.min(LOWEST_FAIR + priority, LOWEST_PRIORITY);
  }

  /** Records that a message was added, or could not be. Reads the engine's range without waiting for it. */
  added(account: string): void {
    const place = this.places.get(account);
    if (place) place.pending -= 1;
    if (performance.now() - this.lookedAt >= LOOK_INTERVAL_MS) void this.look();
  }

  /** Records that a message with this priority is sent now. */
  reach(priority: number): void {
    if (priority > 0 && priority <= LOWEST_FAIR) this.currentTurn = Math.max(this.currentTurn, priority - 1);
  }

  /** Reads the queue's range from the engine. If the engine does not respond, nothing changes. */
  async look(): Promise<void> {
    const lookedAt = performance.now();
    this.lookedAt = lookedAt;
    try {
      this.apply(await this.engine.jobs.orderRange(this.settings.name, LOWEST_FAIR), lookedAt);
    } catch {
      // The next look may see more.
    }
  }

  private apply(range: OrderRange | undefined, lookedAt: number): void {
    this.currentTurn = range ? Math.max(this.currentTurn, range.first - 1) : 0;
    for (const [account, place] of this.places.entries()) {
      // The range may not include messages that were still being added.
      if (place.pending > 0 || place.at >= lookedAt) continue;
      if (!range) this.places.delete(account);
      else place.turn = Math.min(place.turn, range.last);
    }
  }
}
