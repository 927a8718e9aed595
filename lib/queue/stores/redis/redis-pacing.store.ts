import type { Pace } from '../../../stores/pacing.store.js';
import { clampTtl, hashKey } from '../key-and-ttl.js';
import { SharedPacingStore } from '../shared-pacing.store.js';
import { asSharedStore } from '../shared-store.error.js';
import type { RedisClient } from './redis-client.interface.js';
import { NOW, RedisScript } from './redis-script.js';

// A bucket that is full again is the same as an unused one, so its key expires.
const RESERVE = new RedisScript(
  'pacing.reserve',
  `${NOW}
local interval, burst, within = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local ahead = math.max(0, tonumber(redis.call('GET', KEYS[1]) or now) - now)
local wait = math.max(0, ahead - interval * (burst - 1))
if wait <= within then
  local full_in = ahead + interval
  local expiry = string.format('%.0f', math.max(1, math.ceil(full_in)))
  redis.call('SET', KEYS[1], string.format('%.3f', now + full_in), 'PX', expiry)
end
return string.format('%.3f', wait)
`,
);

const PAUSE = new RedisScript(
  'pacing.pause',
  `for _, key in ipairs(KEYS) do
  if redis.call('PTTL', key) < tonumber(ARGV[1]) then redis.call('SET', key, '', 'PX', ARGV[1]) end
end`,
);

const RESUME = new RedisScript('pacing.resume', `redis.call('DEL', KEYS[1])`);

/**
 * Stores rate limits in Redis, for several processes, with the generic cell rate algorithm and the server's clock.
 *
 * @publicApi
 */
export class RedisPacingStore extends SharedPacingStore {
  readonly #client: RedisClient;
  /** @param prefix The prefix of every key. On a cluster it has to contain a hash tag. */
  constructor(
    client: RedisClient,
    private readonly prefix: string,
  ) {
    super();
    this.#client = client;
  }

  override async reserve(bucket: string, pace: Pace, withinMs: number): Promise<number> {
    const key = `${this.prefix}:pacing:turn:${hashKey(bucket)}`;
    const values = [1_000 / pace.perSecond, pace.burst, Math.min(withinMs, Number.MAX_SAFE_INTEGER)];
    return Number(await RESERVE.run(this.#client, [key], values));
  }

  protected override async writePauses(buckets: readonly string[], forMs: number): Promise<void> {
    const keys = buckets.map((bucket) => this.pauseOf(bucket));
    await PAUSE.run(this.#client, keys, [clampTtl(forMs)]);
  }

  protected override async endPause(bucket: string): Promise<void> {
    await RESUME.run(this.#client, [this.pauseOf(bucket)], []);
  }

  protected override readPauses(buckets: readonly string[]): Promise<number[]> {
    // ioredis sends these commands together.
    return Promise.all(
      buckets.map(async (bucket) => {
        const leftMs = await asSharedStore('redis', 'pacing.pausedFor', () => this.#client.pttl(this.pauseOf(bucket)));
        return Math.max(0, leftMs);
      }),
    );
  }

  private pauseOf(bucket: string): string {
    return `${this.prefix}:pacing:pause:${hashKey(bucket)}`;
  }
}
