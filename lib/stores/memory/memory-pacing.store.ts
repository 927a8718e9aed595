import { LRUCache } from 'lru-cache';
import { boundedTo } from '../../message/bounded-to.js';
import { type Pace, PacingStore } from '../pacing.store.js';

const MAX_BUCKETS = 100_000;

/**
 * Stores rate limits in memory, with a bounded size, by the generic cell rate algorithm (GCRA).
 *
 * A bucket stores only the time at which it is full again, so the wait for a slot is known at once and slots are
 * assigned in order.
 *
 * @see {@link https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm}
 *
 * @publicApi
 */
export class MemoryPacingStore extends PacingStore {
  private readonly fullAt: LRUCache<string, number>;
  private readonly pausedUntil: LRUCache<string, number>;

  /** @param options `max`: maximum number of buckets. Drops the least recently used. Default: 100,000. */
  constructor(options: { max?: number } = {}) {
    super();
    const max = options.max ?? MAX_BUCKETS;
    this.fullAt = new LRUCache(boundedTo(max));
    this.pausedUntil = new LRUCache(boundedTo(max));
  }

  override reserve(bucket: string, pace: Pace, withinMs: number): number {
    const now = performance.now();
    const interval = 1_000 / pace.perSecond;
    const ahead = Math.max(0, (this.fullAt.get(bucket) ?? now) - now);
    const waitMs = Math.max(0, ahead - interval * (pace.burst - 1));
    if (waitMs <= withinMs) this.fullAt.set(bucket, now + ahead + interval);
    return waitMs;
  }

  override pause(bucket: string, forMs: number): void {
    const until = performance.now() + forMs;
    this.pausedUntil.set(bucket, Math.max(until, this.pausedUntil.get(bucket) ?? 0));
  }

  override resume(bucket: string): void {
    this.pausedUntil.delete(bucket);
  }

  override pausedFor(buckets: readonly string[]): number[] {
    const now = performance.now();
    return buckets.map((bucket) => Math.max(0, (this.pausedUntil.get(bucket) ?? 0) - now));
  }
}
