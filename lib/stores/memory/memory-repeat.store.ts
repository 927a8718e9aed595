import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { boundedTo } from '../../message/bounded-to.js';
import { RepeatStore } from '../repeat.store.js';

const MAX_KEYS = 400_000;

/** Characters of a key's hash: 132 bits, more than enough to keep any number of keys apart. */
const MAX_CHARACTERS = 22;

/** Seen callbacks in memory: bounded, and gone with the process. */
export class MemoryRepeatStore extends RepeatStore {
  private readonly seen: LRUCache<string, number>;
  private forgottenUntil: number | undefined;

  /** @param options `max`: keys kept; the oldest is forgotten first. @default 400_000 */
  constructor(options: { max?: number } = {}) {
    super();
    this.seen = new LRUCache<string, number>({
      ...boundedTo(options.max ?? MAX_KEYS),
      dispose: (seenAt, _key, reason) => {
        if (reason === 'evict') this.forgottenUntil = seenAt;
      },
    });
  }

  override isFirst(key: string, withinMs: number): boolean {
    // Keys hold what strangers wrote, of any length. JSON keeps halves of surrogate pairs apart.
    const name = hash('sha256', JSON.stringify(key), 'base64url').slice(0, MAX_CHARACTERS);
    if (this.seen.has(name)) return false;
    this.seen.set(name, Date.now(), { ttl: withinMs });
    return true;
  }

  override knownSince(): number | undefined {
    return this.forgottenUntil === undefined ? undefined : this.forgottenUntil + 1;
  }
}
