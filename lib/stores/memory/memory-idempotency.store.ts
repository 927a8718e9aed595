import { LRUCache } from 'lru-cache';
import { boundedBySize } from '../../message/bounded-to.js';
import { IdempotencyStore, type Reservation } from '../idempotency.store.js';

interface Entry {
  fingerprint: string;
  state: 'pending' | 'done' | 'unknown';
  value?: unknown;
}

const MAX_KEYS = 100_000;

/** Stores idempotency keys in memory, with a bounded size. @publicApi */
export class MemoryIdempotencyStore extends IdempotencyStore {
  private readonly entries: LRUCache<string, Entry>;

  /** @param options `max`: maximum number of keys with results of up to 4 kB. Drops the least recently used. Default: 100,000. */
  constructor(options: { max?: number } = {}) {
    super();
    this.entries = new LRUCache(boundedBySize(options.max ?? MAX_KEYS));
  }

  override reserve<T>(key: string, fingerprint: string, ttlMs: number): Reservation<T>;
  override reserve(key: string, fingerprint: string, ttlMs: number): Reservation<unknown> {
    const entry = this.entries.get(key);
    if (!entry) {
      this.entries.set(key, { fingerprint, state: 'pending' }, { ttl: ttlMs });
      return { state: 'reserved' };
    }
    if (entry.fingerprint !== fingerprint) return { state: 'conflict' };
    return entry.state === 'done' ? { state: 'done', value: entry.value } : { state: entry.state };
  }

  override complete<T>(key: string, value: T): void {
    this.update(key, { state: 'done', value });
  }

  override unknown(key: string): void {
    this.update(key, { state: 'unknown' });
  }

  override release(key: string): void {
    this.entries.delete(key);
  }

  private update(key: string, change: Omit<Entry, 'fingerprint'>): void {
    const entry = this.entries.get(key);
    if (entry) this.entries.set(key, { ...entry, ...change }, { ttl: this.entries.getRemainingTTL(key) });
  }
}
