import { type KnownPerson, keysOfPerson, PersonStore } from '../../../stores/person.store.js';
import { hashKey } from '../key-and-ttl.js';
import { asSharedStore } from '../shared-store.error.js';
import { PERSON_TTL_MS, readPerson } from '../stored-person.js';
import type { RedisClient } from './redis-client.interface.js';
import { RedisScript } from './redis-script.js';

// KEYS: the person's. ARGV: the retention, the person.
const SAVE = new RedisScript(
  'people.save',
  `for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[2], 'PX', ARGV[1]) end`,
);

/** Stores people in Redis, for several processes. A person expires 90 days after the last callback. @publicApi */
export class RedisPersonStore extends PersonStore {
  readonly #client: RedisClient;
  /** @param prefix The prefix of every key. On a cluster it has to contain a hash tag. */
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
