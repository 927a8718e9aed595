import { LRUCache } from 'lru-cache';
import { RepeatStore } from './repeat-store.js';

const KEYS_KEPT = 200_000;

/** Seen callbacks in memory: bounded, and gone with the process. */
export class MemoryRepeatStore extends RepeatStore {
  private readonly seen: LRUCache<string, true>;

  /** @param options `max`: keys kept; the one unused for longest is forgotten first. Default: 200,000. */
  constructor(options: { max?: number } = {}) {
    super();
    this.seen = new LRUCache({ max: options.max ?? KEYS_KEPT });
  }

  override isFirst(key: string, withinMs: number): boolean {
    if (this.seen.has(key)) return false;
    this.seen.set(key, true, { ttl: withinMs });
    return true;
  }
}
