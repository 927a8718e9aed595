import { Socket } from 'node:net';
import { Pool, type PoolConfig } from 'pg';
import { withTimeout } from '../../async/delay.js';
import type { SharedStores } from '../../stores/shared-stores.js';
import {
  PostgresIdempotencyStore,
  PostgresPacingStore,
  PostgresPersonStore,
  PostgresRepeatStore,
  PostgresReplyExchange,
  PostgresSentMessageStore,
} from '../stores/index.js';
import { ConnectionWatch } from './connection-watch.js';
import type { PostgresConnections } from './postgres.engine.js';
import { clockWarning, inspectServer } from './postgres-inspection.js';
import { startError } from './postgres-start-error.js';
import { CLOSE_TIMEOUT_MS } from './queue-engine.js';
import { SessionClient } from './session-client.js';

/** Connections to add and read jobs. */
const PRODUCERS = 5;
/**
 * Maximum connections of sends. Their statements are short, so more would only take connections from other processes.
 */
const MAX_SENDERS = 32;
/** Other connections: BullMQ's listener and checks, two event listeners, and the listener for replies. */
const LISTENERS = 6;
/** To create tables, or to wait for another process that creates them. */
const MIGRATION_TIMEOUT_MS = 60_000;

/** The settings of the connections to a server. */
export interface PostgresConnectionSettings {
  connectionString: string;
  concurrency: number;
  /** Timeout of connecting, and of queries that add and read jobs, in milliseconds. */
  timeoutMs: number;
}

/**
 * Connects to a PostgreSQL server.
 *
 * @throws ConfigurationError if the server cannot be used
 * @throws QueueUnavailableError if the server does not respond
 */
export async function connectPostgres(settings: PostgresConnectionSettings): Promise<PostgresConnections> {
  const warning = clockWarning(await inspectServer(settings.connectionString, settings.timeoutMs));
  return new PostgresServer(settings, warning === undefined ? [] : [warning]);
}

class PostgresServer implements PostgresConnections {
  readonly producer: Pool;
  readonly consumer: Pool;
  readonly maintenance: Pool;
  readonly singleProcess = false;
  private readonly sockets = new OpenSockets();
  private readonly watch = new ConnectionWatch();
  private replies: PostgresReplyExchange | undefined;

  constructor(
    private readonly settings: PostgresConnectionSettings,
    readonly warnings: readonly string[],
  ) {
    const { connectionString, timeoutMs } = settings;
    const shared = {
      connectionString,
      connectionTimeoutMillis: timeoutMs,
      Client: SessionClient,
      stream: () => this.sockets.open(),
    };
    this.producer = poolOf({ ...shared, max: PRODUCERS, query_timeout: timeoutMs });
    this.consumer = poolOf({
      ...shared,
      max: Math.min(settings.concurrency, MAX_SENDERS) + LISTENERS,
      keepAlive: true,
    });
    this.maintenance = poolOf({ ...shared, max: 1, query_timeout: MIGRATION_TIMEOUT_MS });
    for (const pool of [this.producer, this.consumer]) this.watch.watch(pool);
  }

  stores(schema: string): SharedStores {
    const { producer } = this;
    this.replies = new PostgresReplyExchange(this.consumer, schema);
    return {
      idempotency: new PostgresIdempotencyStore(producer, schema),
      pacing: new PostgresPacingStore(producer, schema),
      sentMessages: new PostgresSentMessageStore(producer, schema),
      people: new PostgresPersonStore(producer, schema),
      repeats: new PostgresRepeatStore(producer, schema),
      replies: this.replies,
    };
  }

  startError(error: unknown): Error {
    return startError(error, this.settings.connectionString, this.settings.timeoutMs);
  }

  async close(): Promise<void> {
    // It holds a connection, for which its pool would wait.
    await this.replies?.close();
    const pools = [this.producer, this.consumer, this.maintenance].filter((pool) => !pool.ending);
    await withTimeout(CLOSE_TIMEOUT_MS, Promise.all(pools.map((pool) => pool.end())));
    this.watch.stop();
    this.sockets.destroy();
  }
}

function poolOf(config: PoolConfig): Pool {
  const pool = new Pool(config);
  // The pool replaces lost connections. Without a listener the event would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** Tracks open sockets, because a pool that waits for an unavailable server would keep the process alive. */
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
