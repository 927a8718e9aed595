import { LRUCache } from 'lru-cache';
import { boundedBySize } from '../../message/bounded-to.js';
import { compoundKey } from '../../message/composite-key.js';
import { type KnownPerson, keysOfPerson, PersonStore } from '../person.store.js';

const PEOPLE_KEPT = 100_000;

/** People in memory: bounded, and gone with the process. */
export class MemoryPersonStore extends PersonStore {
  private readonly people: LRUCache<string, KnownPerson>;

  /** @param options `max`: numbers and ids kept; the one unused for longest is forgotten first. @default 100_000 */
  constructor(options: { max?: number } = {}) {
    super();
    this.people = new LRUCache(boundedBySize(options.max ?? PEOPLE_KEPT));
  }

  override find(account: string, key: string): KnownPerson | undefined {
    return this.people.get(compoundKey(account, key));
  }

  override save(account: string, person: KnownPerson): void {
    for (const key of keysOfPerson(person)) this.people.set(compoundKey(account, key), person);
  }
}
