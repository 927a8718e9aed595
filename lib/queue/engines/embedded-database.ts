import { withTimeout } from '../../async/delay.js';
import { EmbeddedPostgres } from '../../embedded-postgres/embedded-postgres.js';
import { MemoryPacingStore } from '../../stores/memory/memory-pacing.store.js';
import { MemoryReplyExchange } from '../../stores/memory/memory-reply.exchange.js';
import type { Batching } from '../batcher.js';
import {
  PostgresIdempotencyStore,
  PostgresPersonStore,
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
  const { pool } = database;
  return {
    producer: pool,
    consumer: pool,
    maintenance: pool,
    warnings: [],
    singleProcess: true,
    startError: (error) => embeddedStartError(error, directory),
    // What must outlive the process is stored in the database, and the rest in memory.
    stores: (schema) => ({
      idempotency: new PostgresIdempotencyStore(pool, schema),
      pacing: new MemoryPacingStore(),
      sentMessages: new EmbeddedSentMessageStore(pool, schema),
      people: new PostgresPersonStore(pool, schema),
      repeats: new PostgresRepeatStore(pool, schema),
      replies: new MemoryReplyExchange(),
    }),
    close: () => withTimeout(CLOSE_TIMEOUT_MS, database.close()),
  };
}

class EmbeddedSentMessageStore extends PostgresSentMessageStore {
  protected override batching(): Batching {
    return SERIAL_BATCHES;
  }
}
