import { type KnownPerson, keysOfPerson, PersonStore } from '../../../stores/person.store.js';
import { hashKey } from '../hash-key.js';
import { asSharedStore } from '../shared-store.error.js';
import { PERSON_TTL_MS, readPerson } from '../stored-person.js';
import type { RedisClient } from './redis-client.interface.js';
import { RedisScript } from './redis-script.js';

// KEYS: the person's. ARGV: their age, the person.
const SAVE = new RedisScript(
  'people.save',
  `for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[2], 'PX', ARGV[1]) end`,
);

/** People in Redis, for several processes; each is forgotten 90 days after they were last learned anew. */
export class RedisPersonStore extends PersonStore {
  readonly #client: RedisClient;
  /** @param prefix Begins every key; on a cluster it holds a hash tag. */
  constructor(
    client: RedisClient,
    private readonly prefix: string,
  ) {
    super();
    this.#client = client;
  }

  override find(account: string, key: string): Promise<KnownPerson | undefined> {
    return asSharedStore('redis', 'people.find', async () => {
      const person = await this.#client.get(this.keyOf(account, key));
      return person === null ? undefined : readPerson(person);
    });
  }

  override async save(account: string, person: KnownPerson): Promise<void> {
    const keys = keysOfPerson(person).map((key) => this.keyOf(account, key));
    await SAVE.run(this.#client, keys, [PERSON_TTL_MS, JSON.stringify(person)]);
  }

  private keyOf(account: string, key: string): string {
    return `${this.prefix}:person:${hashKey(account, key)}`;
  }
}
