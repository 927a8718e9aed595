import { IdempotencyStore, type Reservation } from '../../../stores/idempotency.store.js';
import { encode } from '../json-with-dates.js';
import { clampTtl, hashKey } from '../key-and-ttl.js';
import { ReservationTokens } from '../reservation-tokens.js';
import { asSharedStore } from '../shared-store.error.js';
import { LEASE_MS, reservationOf, type SharedIdempotencyOptions } from '../stored-reservation.js';
import type { RedisClient } from './redis-client.interface.js';
import { NOW, RedisScript } from './redis-script.js';

// If the stored token is the request's own, the driver repeated the request that reserved the key.
const RESERVE = new RedisScript(
  'idempotency.reserve',
  `${NOW}
local fingerprint, token, lease, ttl = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local held = redis.call('HMGET', KEYS[1], 'fingerprint', 'token', 'state', 'value', 'leasedUntil')
if not held[1] then
  local leased_until = string.format('%.3f', now + lease)
  redis.call('HSET', KEYS[1], 'fingerprint', fingerprint, 'token', token, 'state', 'pending', 'leasedUntil', leased_until)
  redis.call('PEXPIRE', KEYS[1], ttl)
  return {'reserved'}
end
if held[1] ~= fingerprint then return {'conflict'} end
if held[3] ~= 'pending' then return {held[3], held[4]} end
if held[2] == token then return {'reserved'} end
if tonumber(held[5]) <= now then return {'unknown'} end
return {'pending'}
`,
);

const OWNED = `
local token = redis.call('HGET', KEYS[1], 'token')
if not token or (ARGV[1] ~= '' and ARGV[1] ~= token) then return end
`;
const SETTLE = new RedisScript(
  'idempotency.settle',
  `${OWNED} redis.call('HSET', KEYS[1], 'state', ARGV[2], 'value', ARGV[3])`,
);
const RELEASE = new RedisScript('idempotency.release', `${OWNED} redis.call('DEL', KEYS[1])`);

/**
 * Stores idempotency keys in Redis, for several processes. Redis must not evict keys (`maxmemory-policy noeviction`),
 * because an evicted key is free again.
 *
 * @publicApi
 */
export class RedisIdempotencyStore extends IdempotencyStore {
  readonly #client: RedisClient;
  private readonly tokens = new ReservationTokens();
  private readonly leaseMs: number;

  /** @param prefix The prefix of every key. On a cluster it has to contain a hash tag. */
  constructor(
    client: RedisClient,
    private readonly prefix: string,
    options: SharedIdempotencyOptions = {},
  ) {
    super();
    this.#client = client;
    this.leaseMs = options.leaseMs ?? LEASE_MS;
  }

  override reserve<T>(key: string, fingerprint: string, ttlMs: number): Promise<Reservation<T>>;
  override async reserve(key: string, fingerprint: string, ttlMs: number): Promise<Reservation<unknown>> {
    const name = this.nameOf(key);
    const token = this.tokens.next();
    const values = [fingerprint, token, Math.max(0, this.leaseMs), clampTtl(ttlMs)];
    const response = await RESERVE.run(this.#client, [name], values);
    const [state, value]: unknown[] = Array.isArray(response) ? response : [];
    if (state === 'reserved') this.tokens.keep(name, token);
    return asSharedStore('redis', 'idempotency.reserve', async () => reservationOf(state, value));
  }

  override complete<T>(key: string, value: T): Promise<void> {
    return this.settle(key, 'done', encode(value));
  }

  override unknown(key: string): Promise<void> {
    return this.settle(key, 'unknown', '');
  }

  override async release(key: string): Promise<void> {
    const name = this.nameOf(key);
    await RELEASE.run(this.#client, [name], [this.tokens.take(name)]);
  }

  private async settle(key: string, state: 'done' | 'unknown', value: string): Promise<void> {
    const name = this.nameOf(key);
    await SETTLE.run(this.#client, [name], [this.tokens.take(name), state, value]);
  }

  private nameOf(key: string): string {
    return `${this.prefix}:idempotency:${hashKey(key)}`;
  }
}
