import { randomUUID } from 'node:crypto';
import { describe, test } from '@jest/globals';
import {
  migrate,
  PostgresIdempotencyStore,
  PostgresPacingStore,
  PostgresPersonStore,
  type PostgresPool,
  PostgresRepeatStore,
  PostgresReplyExchange,
  PostgresSentMessageStore,
  RedisIdempotencyStore,
  RedisPacingStore,
  RedisPersonStore,
  RedisRepeatStore,
  RedisReplyExchange,
  RedisSentMessageStore,
  type SharedIdempotencyOptions,
  type SharedSentMessageOptions,
} from '../../../../lib/queue/stores/index.js';
import type { IdempotencyStore } from '../../../../lib/stores/idempotency.store.js';
import { MemoryIdempotencyStore } from '../../../../lib/stores/memory/memory-idempotency.store.js';
import { MemoryPacingStore } from '../../../../lib/stores/memory/memory-pacing.store.js';
import { MemoryPersonStore } from '../../../../lib/stores/memory/memory-person.store.js';
import { MemoryRepeatStore } from '../../../../lib/stores/memory/memory-repeat.store.js';
import { MemoryReplyExchange } from '../../../../lib/stores/memory/memory-reply.exchange.js';
import { MemorySentMessageStore } from '../../../../lib/stores/memory/memory-sent-message.store.js';
import type { PacingStore } from '../../../../lib/stores/pacing.store.js';
import type { PersonStore } from '../../../../lib/stores/person.store.js';
import type { RepeatStore } from '../../../../lib/stores/repeat.store.js';
import type { ReplyExchange } from '../../../../lib/stores/reply.exchange.js';
import type { SentMessageStore } from '../../../../lib/stores/sent-message.store.js';
import { missingServices, newPool, newRedis, type ServiceName } from './services.js';

/** Two stores with shared data and separate connections, as in two processes. */
export type Pair<T> = [T, T];

export interface Backend {
  idempotency(options?: SharedIdempotencyOptions): Pair<IdempotencyStore>;
  pacing(): Pair<PacingStore>;
  sentMessages(options?: SharedSentMessageOptions): Pair<SentMessageStore>;
  people(): Pair<PersonStore>;
  repeats(): Pair<RepeatStore>;
  /** Resolves when both exchanges can receive replies. */
  exchange(): Promise<Pair<ReplyExchange>>;
  /** Deletes all stored data and closes the connections. */
  close(): Promise<void>;
}

export interface BackendRow {
  name: 'memory' | ServiceName;
  open(): Promise<Backend>;
}

/** Returns the rows of a contract suite. A service that is not running becomes a skipped row. */
export async function backends(): Promise<BackendRow[]> {
  const missing: readonly string[] = await missingServices();
  const rows: BackendRow[] = [
    { name: 'memory', open: async () => new MemoryBackend() },
    { name: 'redis', open: async () => new RedisBackend() },
    { name: 'postgres', open: () => PostgresBackend.open() },
  ];
  for (const name of missing) describe.skip(`Stores on ${name}`, () => test('needs a running server', () => {}));
  return rows.filter(({ name }) => !missing.includes(name));
}

/** Returns the rows of the backends that several processes share. */
export async function sharedBackends(): Promise<BackendRow[]> {
  return (await backends()).filter(({ name }) => name !== 'memory');
}

class MemoryBackend implements Backend {
  idempotency = () => same(new MemoryIdempotencyStore());
  pacing = () => same(new MemoryPacingStore());
  sentMessages = () => same(new MemorySentMessageStore(1_000));
  people = () => same(new MemoryPersonStore());
  repeats = () => same(new MemoryRepeatStore());
  exchange = async () => same(new MemoryReplyExchange());
  close = async () => {};
}

export class RedisBackend implements Backend {
  readonly prefix = `test-${randomUUID()}`;
  readonly clients: Pair<ReturnType<typeof newRedis>> = [newRedis(), newRedis()];
  readonly subscribers: Pair<ReturnType<typeof newRedis>> = [newRedis(), newRedis()];
  private readonly exchanges: RedisReplyExchange[] = [];

  idempotency = (options?: SharedIdempotencyOptions) =>
    each(this.clients, (client) => new RedisIdempotencyStore(client, this.prefix, options));
  pacing = () => each(this.clients, (client) => new RedisPacingStore(client, this.prefix));
  sentMessages = (options?: SharedSentMessageOptions) =>
    each(this.clients, (client) => new RedisSentMessageStore(client, this.prefix, options));
  people = () => each(this.clients, (client) => new RedisPersonStore(client, this.prefix));
  repeats = () => each(this.clients, (client) => new RedisRepeatStore(client, this.prefix));

  async exchange(): Promise<Pair<RedisReplyExchange>> {
    const [a, b] = this.subscribers;
    const pair: Pair<RedisReplyExchange> = [
      new RedisReplyExchange(this.clients[0], a, this.prefix),
      new RedisReplyExchange(this.clients[1], b, this.prefix),
    ];
    this.exchanges.push(...pair);
    await Promise.all(pair.map((exchange) => exchange.ready()));
    return pair;
  }

  async close(): Promise<void> {
    await Promise.all(this.exchanges.map((exchange) => exchange.close()));
    const [client] = this.clients;
    const keys = await client.keys(`${this.prefix}:*`);
    if (keys.length > 0) await client.unlink(keys);
    for (const each of [...this.clients, ...this.subscribers]) each.disconnect();
  }
}

export class PostgresBackend implements Backend {
  readonly schema = `test_${randomUUID().replaceAll('-', '')}`;
  readonly pools: Pair<ReturnType<typeof newPool>> = [newPool(this.schema), newPool(this.schema)];
  private readonly exchanges: PostgresReplyExchange[] = [];

  static async open(): Promise<PostgresBackend> {
    const backend = new PostgresBackend();
    await migrate(backend.pools[0], backend.schema);
    return backend;
  }

  idempotency = (options?: SharedIdempotencyOptions) =>
    each(this.pools, (pool) => new PostgresIdempotencyStore(pool, this.schema, options));
  pacing = () => each(this.pools, (pool) => new PostgresPacingStore(pool, this.schema));
  sentMessages = (options?: SharedSentMessageOptions) =>
    each(this.pools, (pool) => new PostgresSentMessageStore(pool, this.schema, options));
  people = () => each(this.pools, (pool) => new PostgresPersonStore(pool, this.schema));
  repeats = () => each(this.pools, (pool) => new PostgresRepeatStore(pool, this.schema));

  async exchange(): Promise<Pair<PostgresReplyExchange>> {
    const pair = each(this.pools, (pool: PostgresPool) => new PostgresReplyExchange(pool, this.schema));
    this.exchanges.push(...pair);
    await Promise.all(pair.map((exchange) => exchange.ready()));
    return pair;
  }

  async close(): Promise<void> {
    await Promise.all(this.exchanges.map((exchange) => exchange.close()));
    await this.pools[0].query(`DROP SCHEMA IF EXISTS ${this.schema} CASCADE`);
    await Promise.all(this.pools.map((pool) => pool.end()));
  }
}

function same<T>(store: T): Pair<T> {
  return [store, store];
}

function each<C, T>([a, b]: Pair<C>, make: (connection: C) => T): Pair<T> {
  return [make(a), make(b)];
}
