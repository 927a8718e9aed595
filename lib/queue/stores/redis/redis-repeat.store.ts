import { randomUUID } from 'node:crypto';
import { RepeatStore } from '../../../stores/repeat.store.js';
import { clampTtl, hashKey } from '../key-and-ttl.js';
import type { RedisClient } from './redis-client.interface.js';
import { RedisScript } from './redis-script.js';

// The token distinguishes a repeated callback from a request that the driver repeats after a lost connection.
const IS_FIRST = new RedisScript(
  'repeats.is-first',
  `if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return redis.call('GET', KEYS[1]) == ARGV[1] and 1 or 0`,
);

/**
 * Stores received callbacks in Redis, for several processes. Each expires after its deduplication window.
 *
 * @publicApi
 */
export class RedisRepeatStore extends RepeatStore {
  readonly #client: RedisClient;
  /** @param prefix The prefix of every key. On a cluster it has to contain a hash tag. */
  constructor(
    client: RedisClient,
    private readonly prefix: string,
  ) {
    super();
    this.#client = client;
  }

  override async isFirst(key: string, withinMs: number): Promise<boolean> {
    const name = `${this.prefix}:repeat:${hashKey(key)}`;
    return (await IS_FIRST.run(this.#client, [name], [randomUUID(), clampTtl(withinMs)])) === 1;
  }
}
