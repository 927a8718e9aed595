import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { boundedTo } from '../../message/bounded-to.js';
import { RepeatStore } from '../repeat.store.js';

const MAX_KEYS = 400_000;

/** Characters of a key's hash: 132 bits, which makes collisions practically impossible. */
const MAX_CHARACTERS = 22;

/** Stores the keys of handled callbacks in memory, with a bounded size. @publicApi */
export class MemoryRepeatStore extends RepeatStore {
  private readonly seen: LRUCache<string, number>;
  private forgottenUntil: number | undefined;

  /** @param options `max`: maximum number of keys. Drops the oldest. Default: 400,000. */
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
    // Keys contain untrusted input of any length. JSON keeps lone surrogates distinct.
    const name = hash('sha256', JSON.stringify(key), 'base64url').slice(0, MAX_CHARACTERS);
    if (this.seen.has(name)) return false;
    this.seen.set(name, Date.now(), { ttl: withinMs });
    return true;
  }

  override knownSince(): number | undefined {
    return this.forgottenUntil === undefined ? undefined : this.forgottenUntil + 1;
  }
}
