import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Pool } from 'pg';
import { ClientStream } from './client-stream.js';
import { DatabaseThread } from './database-thread.js';
import { lockDirectory } from './directory-lock.js';

/** The options of an embedded database. */
export interface EmbeddedPostgresOptions {
  /** The directory of the database. It is created if it does not exist. Only one process at a time can open it. */
  directory: string;
  /** The schemas in which unqualified names are searched. @default ['public'] */
  searchPath?: readonly string[];
}

/** More clients would not be faster. A BullMQ Worker and a QueueEvents keep one each while they live. */
const MAX_CLIENTS = 64;
/** How long `close` waits for queries that have no client yet, in milliseconds. After that they fail. */
const CLIENTS_TIMEOUT_MS = 2_000;

/**
 * PostgreSQL in this process: PGlite, on disk, in a thread, behind a pool of node-postgres. The clients of node-
 * postgres speak PostgreSQL's protocol with the thread, so values, errors and notifications are the same as with a
 * server.
 *
 * Acknowledged writes survive the end of the process, including `kill -9`. They may not survive a power failure or a
 * crash of the operating system, because PGlite does not wait for the disk.
 *
 * All clients share one session. A client in a transaction blocks the others until it commits, rolls back or is
 * released. A transaction must therefore not wait for a query of another client. `SET`, temporary tables and advisory
 * locks apply to all clients.
 */
export class EmbeddedPostgres {
  readonly pool: Pool;
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly thread: DatabaseThread,
    private readonly unlock: () => void,
  ) {
    this.pool = poolOver(thread);
  }

  /**
   * Opens the database in a directory, or creates it, which takes a few seconds.
   *
   * @throws EmbeddedPostgresError if it is already open, here or in another process, or cannot be opened
   */
  static async open(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const directory = resolve(options.directory);
    const unlock = lockDirectory(directory);
    try {
      const thread = await DatabaseThread.start({ directory, searchPath: options.searchPath ?? ['public'] });
      return new EmbeddedPostgres(thread, unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /**
   * Completes pending queries, rolls back open transactions, and unlocks the directory. Later queries, and queries of
   * clients that were not released, fail.
   */
  close(): Promise<void> {
    this.closing ??= this.closeOnce();
    return this.closing;
  }

  private async closeOnce(): Promise<void> {
    await this.waitForClients();
    // An ended pool drops queries that wait for a client, and they would never settle.
    if (this.pool.waitingCount === 0) this.endPool();
    await this.thread.close();
    this.unlock();
    this.endPool();
  }

  private async waitForClients(): Promise<void> {
    const end = performance.now() + CLIENTS_TIMEOUT_MS;
    // A new client sends its startup message first, and its query one turn later.
    do await setImmediate();
    while (this.pool.waitingCount > 0 && performance.now() < end);
  }

  private endPool(): void {
    // Not awaited, because it waits for clients that are never released. The thread's end has disconnected them.
    if (!this.pool.ending) void this.pool.end();
  }
}

function poolOver(thread: DatabaseThread): Pool {
  const pool = new Pool({
    stream: () => new ClientStream(thread),
    // Otherwise they would be read from PGHOST, PGSSLMODE etc., which are for another database.
    host: 'embedded',
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    // BullMQ polls a connection without keep-alive.
    keepAlive: true,
    max: MAX_CLIENTS,
    idleTimeoutMillis: 0,
  });
  // If the thread ends, every query fails. Without a listener the event would end the process too.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('release', (_error, client) => {
    if (client.connection.stream instanceof ClientStream) client.connection.stream.abandonTransaction();
  });
  return pool;
}
