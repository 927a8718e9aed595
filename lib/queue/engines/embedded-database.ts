import { within } from '../../async/delay.js';
import { EmbeddedDatabaseError, embeddedReason } from '../../embedded-postgres/embedded-postgres.errors.js';
import { EmbeddedPostgres } from '../../embedded-postgres/embedded-postgres.js';
import { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { MemoryPacingStore } from '../../stores/memory/memory-pacing.store.js';
import { MemoryReplyExchange } from '../../stores/memory/memory-reply.exchange.js';
import { SharedStores } from '../../stores/shared-stores.js';
import type { Batching } from '../batcher.js';
import {
  PostgresIdempotencyStore,
  PostgresPersonStore,
  type PostgresPool,
  PostgresRepeatStore,
  PostgresSentMessageStore,
} from '../stores/index.js';
import { SEARCH_PATH } from './bullmq-internals/constants.js';
import type { Database } from './postgres.engine.js';
import { CLOSE_WITHIN_MS } from './queue-engine.js';

/** Its thread does one thing after the other: what waits for it is better done together. */
export const ONE_THREAD: Batching = { oneAtATime: true };

/** PostgreSQL in this process. */
export async function openEmbedded(directory: string): Promise<Database> {
  const database = await EmbeddedPostgres.open({ directory, searchPath: SEARCH_PATH });
  return {
    producer: database.pool,
    consumer: database.pool,
    maintenance: database.pool,
    exclusive: true,
    startError: (error) => startError(error, directory),
    stores: (schema) => new EmbeddedStores(database.pool, schema),
    close: () => within(CLOSE_WITHIN_MS, database.close()),
  };
}

/** What a failure of the first statements is: whatever they say, it is the directory's. */
function startError(error: unknown, directory: string): Error {
  if (error instanceof ButtonMessagingError) return error;
  return new EmbeddedDatabaseError(directory, embeddedReason(error, directory));
}

/** What must outlive the process is in the database; what only its sends and its listeners share, in memory. */
class EmbeddedStores extends SharedStores {
  readonly idempotency: PostgresIdempotencyStore;
  readonly pacing = new MemoryPacingStore();
  readonly sentMessages: EmbeddedSentMessageStore;
  readonly people: PostgresPersonStore;
  readonly repeats: PostgresRepeatStore;
  readonly replies = new MemoryReplyExchange();

  constructor(pool: PostgresPool, schema: string) {
    super();
    this.idempotency = new PostgresIdempotencyStore(pool, schema);
    this.sentMessages = new EmbeddedSentMessageStore(pool, schema);
    this.people = new PostgresPersonStore(pool, schema);
    this.repeats = new PostgresRepeatStore(pool, schema);
  }
}

class EmbeddedSentMessageStore extends PostgresSentMessageStore {
  protected override batching(): Batching {
    return ONE_THREAD;
  }
}
