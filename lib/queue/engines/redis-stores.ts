import { SharedStores } from '../../stores/shared-stores.js';
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

/** The stores that processes share through Redis. */
export class RedisStores extends SharedStores {
  readonly idempotency: RedisIdempotencyStore;
  readonly pacing: RedisPacingStore;
  readonly sentMessages: RedisSentMessageStore;
  readonly people: RedisPersonStore;
  readonly repeats: RedisRepeatStore;
  readonly replies: RedisReplyExchange;

  /** @param prefix The prefix of all keys. */
  constructor(client: RedisClient, subscriber: RedisSubscriber, prefix: string) {
    super();
    this.idempotency = new RedisIdempotencyStore(client, prefix);
    this.pacing = new RedisPacingStore(client, prefix);
    this.sentMessages = new RedisSentMessageStore(client, prefix);
    this.people = new RedisPersonStore(client, prefix);
    this.repeats = new RedisRepeatStore(client, prefix);
    this.replies = new RedisReplyExchange(client, subscriber, prefix);
  }
}
