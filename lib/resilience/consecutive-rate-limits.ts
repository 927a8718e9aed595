import { LRUCache } from 'lru-cache';
import { boundedTo } from '../message/bounded-to.js';

const MAX_ACCOUNTS = 10_000;

interface RateLimitCount {
  times: number;
  /** Requests that meet the limit before this time were sent before it was known. */
  until: number;
}

/** Counts how often accounts met a rate limit of minutes without a success in between. */
export class ConsecutiveRateLimits {
  private readonly met = new LRUCache<string, RateLimitCount>(boundedTo(MAX_ACCOUNTS));

  /** Counts a rate limit. Several requests that meet it at once count as one. */
  meet(account: string, pauseMs: (times: number) => number): number {
    const known = this.met.get(account);
    const now = performance.now();
    if (known && now < known.until) return known.times;
    const times = (known?.times ?? 0) + 1;
    this.met.set(account, { times, until: now + pauseMs(times) });
    return times;
  }

  /** Resets the count of an account. */
  forget(account: string): void {
    if (this.met.size > 0) this.met.delete(account);
  }
}
