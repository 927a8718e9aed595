import { LRUCache } from 'lru-cache';
import { boundedBySize } from '../../message/bounded-to.js';
import { compositeKey } from '../../message/composite-key.js';
import { type KnownPerson, keysOfPerson, PersonStore } from '../person.store.js';

const MAX_PEOPLE = 100_000;

/** People in memory: bounded, and gone with the process. */
export class MemoryPersonStore extends PersonStore {
  private readonly people: LRUCache<string, KnownPerson>;

  /** @param options `max`: numbers and ids kept; the one unused for longest is forgotten first. @default 100_000 */
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
