import { LRUCache } from 'lru-cache';
import { boundedTo } from '../../message/bounded-to.js';
import { type Pace, PacingStore } from '../pacing.store.js';

const MAX_BUCKETS = 100_000;

/**
 * Turns in memory, by the generic cell rate algorithm: of each bucket only the moment is kept at which it would be
 * full again, so a turn is known the moment it is asked for, and turns come in the order of asking.
 */
export class MemoryPacingStore extends PacingStore {
  private readonly fullAt: LRUCache<string, number>;
  private readonly pausedUntil: LRUCache<string, number>;

  /** @param options `max`: buckets kept; the one unused for longest is forgotten first. Default: 100,000. */
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
