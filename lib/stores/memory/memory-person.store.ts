import { LRUCache } from 'lru-cache';
import { boundedBySize } from '../../message/bounded-to.js';
import { compositeKey } from '../../message/composite-key.js';
import { type KnownPerson, keysOfPerson, PersonStore } from '../person.store.js';

const MAX_PEOPLE = 100_000;

/** Stores the identifiers of people in memory, with a bounded size. @publicApi */
export class MemoryPersonStore extends PersonStore {
  private readonly people: LRUCache<string, KnownPerson>;

  /** @param options `max`: maximum number of identifiers. Drops the least recently used. Default: 100,000. */
  constructor(options: { max?: number } = {}) {
    super();
    this.people = new LRUCache(boundedBySize(options.max ?? MAX_PEOPLE));
  }

  override find(account: string, key: string): KnownPerson | undefined {
    return this.people.get(compositeKey(account, key));
  }

  override save(account: string, person: KnownPerson): void {
    for (const key of keysOfPerson(person)) this.people.set(compositeKey(account, key), person);
  }
}
