import { MemoryPacingStore } from '../../delivery/pacing/memory-pacing.store.js';
import { SharedStores } from '../../delivery/shared-stores.js';
import { MemoryReplyExchange } from '../../events/memory-reply.exchange.js';
import { within } from '../../time/wait.js';
import { EmbeddedPostgres } from '../embedded/embedded-postgres.js';
import type { Batching } from '../in-batches.js';
import {
  PostgresIdempotencyStore,
  type PostgresPool,
  PostgresRepeatStore,
  PostgresSentMessageStore,
} from '../stores/index.js';
import type { Database } from './postgres.engine.js';
import { CLOSE_WITHIN_MS } from './queue-engine.js';

/** Its thread does one thing after the other: what waits for it is better done together. */
export const ONE_THREAD: Batching = { oneAtATime: true };

/** PostgreSQL in this process. */
export async function openEmbedded(directory: string): Promise<Database> {
  const database = await EmbeddedPostgres.open({ directory });
  return {
    producer: database.pool,
    consumer: database.pool,
    exclusive: true,
    stores: (schema) => new EmbeddedStores(database.pool, schema),
    close: () => within(CLOSE_WITHIN_MS, database.close()),
  };
}

/** What must outlive the process is in the database; what only its sends and its listeners share, in memory. */
class EmbeddedStores extends SharedStores {
  readonly idempotency: PostgresIdempotencyStore;
  readonly pacing = new MemoryPacingStore();
  readonly sentMessages: EmbeddedSentMessageStore;
  readonly repeats: PostgresRepeatStore;
  readonly replies = new MemoryReplyExchange();

  constructor(pool: PostgresPool, schema: string) {
    super();
    this.idempotency = new PostgresIdempotencyStore(pool, schema);
    this.sentMessages = new EmbeddedSentMessageStore(pool, schema);
    this.repeats = new PostgresRepeatStore(pool, schema);
  }
}

class EmbeddedSentMessageStore extends PostgresSentMessageStore {
  protected override batching(): Batching {
    return ONE_THREAD;
  }
}
