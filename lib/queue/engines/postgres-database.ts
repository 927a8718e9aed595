import { Socket } from 'node:net';
import { Pool, type PoolConfig } from 'pg';
import { SharedStores } from '../../delivery/shared-stores.js';
import { within } from '../../time/wait.js';
import {
  PostgresIdempotencyStore,
  PostgresPacingStore,
  type PostgresPool,
  PostgresRepeatStore,
  PostgresReplyExchange,
  PostgresSentMessageStore,
} from '../stores/index.js';
import type { Database } from './postgres.engine.js';
import { CLOSE_WITHIN_MS } from './queue-engine.js';

/** For adding and looking. */
const PRODUCERS = 5;
/** Besides the sends: BullMQ's listener and its checks, two listeners for events, and the one for answers. */
const LISTENERS = 6;

/** A PostgreSQL server. */
export async function connectPostgres(
  connectionString: string,
  concurrency: number,
  queryTimeoutMs: number,
): Promise<Database> {
  const sockets = new OpenSockets();
  const shared = {
    connectionString,
    connectionTimeoutMillis: queryTimeoutMs,
    options: '-c search_path=bullmq,public',
    stream: () => sockets.open(),
  };
  const producer = poolOf({ ...shared, max: PRODUCERS, query_timeout: queryTimeoutMs });
  const consumer = poolOf({ ...shared, max: concurrency + LISTENERS, keepAlive: true });
  return {
    producer,
    consumer,
    exclusive: false,
    stores: (schema) => new PostgresStores(producer, consumer, schema),
    close: async () => {
      await within(CLOSE_WITHIN_MS, Promise.all([producer.end(), consumer.end()]));
      sockets.destroy();
    },
  };
}

function poolOf(config: PoolConfig): Pool {
  const pool = new Pool(config);
  // A lost connection is made again; without a listener this event would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A pool waits for its clients, and they for their server: their sockets would keep the process alive. */
class OpenSockets {
  private readonly sockets = new Set<Socket>();

  open(): Socket {
    const socket = new Socket();
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  }

  destroy(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

class PostgresStores extends SharedStores {
  readonly idempotency: PostgresIdempotencyStore;
  readonly pacing: PostgresPacingStore;
  readonly sentMessages: PostgresSentMessageStore;
  readonly repeats: PostgresRepeatStore;
  readonly replies: PostgresReplyExchange;

  constructor(pool: PostgresPool, listening: PostgresPool, schema: string) {
    super();
    this.idempotency = new PostgresIdempotencyStore(pool, schema);
    this.pacing = new PostgresPacingStore(pool, schema);
    this.sentMessages = new PostgresSentMessageStore(pool, schema);
    this.repeats = new PostgresRepeatStore(pool, schema);
    this.replies = new PostgresReplyExchange(listening, schema);
  }
}
