import type { SharedStores } from '../../stores/shared-stores.js';
import {
  type RedisClient,
  RedisIdempotencyStore,
  RedisPacingStore,
  RedisPersonStore,
  RedisRepeatStore,
  RedisReplyExchange,
  RedisSentMessageStore,
  type RedisSubscriber,
} from '../stores/index.js';

/** Creates the stores that processes share through Redis. @param prefix The prefix of all keys. */
export function redisStores(client: RedisClient, subscriber: RedisSubscriber, prefix: string) {
  return {
    idempotency: new RedisIdempotencyStore(client, prefix),
    pacing: new RedisPacingStore(client, prefix),
    sentMessages: new RedisSentMessageStore(client, prefix),
    people: new RedisPersonStore(client, prefix),
    repeats: new RedisRepeatStore(client, prefix),
    replies: new RedisReplyExchange(client, subscriber, prefix),
  } satisfies SharedStores;
}
