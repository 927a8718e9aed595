import { LRUCache } from 'lru-cache';
import { boundedTo } from '../message/bounded-to.js';

const MAX_ACCOUNTS = 10_000;

interface RateLimitCount {
  times: number;
  /** Until then whatever meets the limit was sent before it was known. */
  until: number;
}

/** How often accounts met a limit that lasts for minutes, with no success between. */
export class ConsecutiveRateLimits {
  private readonly met = new LRUCache<string, RateLimitCount>(boundedTo(MAX_ACCOUNTS));

  /** The account met its limit. Many requests that do so at once are one time. */
  meet(account: string, pauseMs: (times: number) => number): number {
    const known = this.met.get(account);
    const now = performance.now();
    if (known && now < known.until) return known.times;
    const times = (known?.times ?? 0) + 1;
    this.met.set(account, { times, until: now + pauseMs(times) });
    return times;
  }

  /** The account sent something, or is to begin anew. */
  forget(account: string): void {
    if (this.met.size > 0) this.met.delete(account);
  }
}
