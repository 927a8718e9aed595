export { migrate, STORES_VERSION, storesVersion } from './postgres/migrate.js';
export { PostgresIdempotencyStore } from './postgres/postgres-idempotency.store.js';
export { PostgresPacingStore } from './postgres/postgres-pacing.store.js';
export { PostgresPersonStore } from './postgres/postgres-person.store.js';
export type {
  PostgresClient,
  PostgresNotification,
  PostgresPool,
  PostgresResult,
} from './postgres/postgres-pool.interface.js';
export { PostgresRepeatStore } from './postgres/postgres-repeat.store.js';
export { PostgresReplyExchange } from './postgres/postgres-reply.exchange.js';
export { PostgresSentMessageStore } from './postgres/postgres-sent-message.store.js';
export { type SweepOptions, sweep } from './postgres/sweep.js';
export type { RedisClient, RedisSubscriber } from './redis/redis-client.interface.js';
export { RedisIdempotencyStore } from './redis/redis-idempotency.store.js';
export { RedisPacingStore } from './redis/redis-pacing.store.js';
export { RedisPersonStore } from './redis/redis-person.store.js';
export { RedisRepeatStore } from './redis/redis-repeat.store.js';
export { RedisReplyExchange } from './redis/redis-reply.exchange.js';
export { RedisSentMessageStore } from './redis/redis-sent-message.store.js';
export type { SharedSentMessageOptions } from './sent-message.codec.js';
export { SharedStoreError } from './shared-store.error.js';
export type { SharedIdempotencyOptions } from './stored-reservation.js';
