import { withTimeout } from '../../async/delay.js';
import { EmbeddedPostgres } from '../../embedded-postgres/embedded-postgres.js';
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
import { embeddedStartError } from './embedded-database.errors.js';
import type { PostgresConnections } from './postgres.engine.js';
import { CLOSE_TIMEOUT_MS } from './queue-engine.js';

/** The database's thread executes one statement at a time, so waiting writes are batched. */
export const SERIAL_BATCHES: Batching = { serial: true };

/** Opens the embedded PostgreSQL. @throws EmbeddedDatabaseError, EmbeddedDirectoryInUseError, ConfigurationError */
export async function openEmbedded(directory: string): Promise<PostgresConnections> {
  const database = await EmbeddedPostgres.open({ directory, searchPath: SEARCH_PATH }).catch((error: unknown) => {
    throw embeddedStartError(error, directory);
  });
  return {
    producer: database.pool,
    consumer: database.pool,
    maintenance: database.pool,
    singleProcess: true,
    startError: (error) => embeddedStartError(error, directory),
    stores: (schema) => new EmbeddedStores(database.pool, schema),
    close: () => withTimeout(CLOSE_TIMEOUT_MS, database.close()),
  };
}

/** Stores what must outlive the process in the database, and the rest in memory. */
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
    return SERIAL_BATCHES;
  }
}
