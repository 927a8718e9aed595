import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Pool } from 'pg';
import { ClientStream } from './client-stream.js';
import { DatabaseThread } from './database-thread.js';
import { DirectoryLock } from './directory-lock.js';

/** Where an embedded database lives, and where it looks for names. */
export interface EmbeddedPostgresOptions {
  /** Made where it is missing. Only one process at a time can have it open. */
  directory: string;
  /** The schemas in which names without one are looked for. Default: `public`. */
  searchPath?: readonly string[];
}

/** Clients cost little, but more would not be faster. A Worker and a QueueEvents keep one each for as long as they live. */
const MAX_CLIENTS = 64;
/** At the end, how long to wait for queries that do not have a client yet. Later they fail. */
const CLIENTS_TIMEOUT_MS = 2_000;

/**
 * PostgreSQL inside this process: PGlite, on disk, in a thread of its own, behind a pool of node-postgres. The clients
 * are node-postgres' own and speak PostgreSQL's protocol to the thread, so values, errors and notifications are what
 * they are with a server.
 *
 * What was acknowledged survives the end of the process, `kill -9` included. It may not survive the loss of power or a
 * crash of the operating system: PGlite does not wait for the disk.
 *
 * There is a single session beneath the clients. They take turns, and one that is in a transaction keeps the others
 * waiting until it commits, rolls back, or is released; so nothing may wait, inside a transaction, for a query on
 * another client. `SET`, temporary tables and advisory locks of a session are everybody's.
 */
export class EmbeddedPostgres {
  readonly pool: Pool;
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly thread: DatabaseThread,
    private readonly lock: DirectoryLock,
  ) {
    this.pool = poolOver(thread);
  }

  /**
   * Opens the database in a directory, and makes it where there is none, which takes a few seconds.
   *
   * @throws EmbeddedPostgresError if it is already open, here or in another process, or cannot be opened
   */
  static async open(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const directory = resolve(options.directory);
    const lock = DirectoryLock.take(directory);
    try {
      const thread = await DatabaseThread.start({ directory, searchPath: options.searchPath ?? ['public'] });
      return new EmbeddedPostgres(thread, lock);
    } catch (error) {
      lock.free();
      throw error;
    }
  }

  /**
   * Runs what has been asked, rolls back what is left open, and lets go of the directory. What is asked later, or is in
   * the hands of a client that was not released, fails.
   */
  close(): Promise<void> {
    this.closing ??= this.closeOnce();
    return this.closing;
  }

  private async closeOnce(): Promise<void> {
    await this.everyQueryHasAClient();
    // A pool that is ended forgets the queries that wait for a client, and they would never settle.
    if (this.pool.waitingCount === 0) this.endPool();
    await this.thread.close();
    this.lock.free();
    this.endPool();
  }

  private async everyQueryHasAClient(): Promise<void> {
    const end = performance.now() + CLIENTS_TIMEOUT_MS;
    // A new client says hello first, so what it was asked is on its way one turn later.
    do await setImmediate();
    while (this.pool.waitingCount > 0 && performance.now() < end);
  }

  private endPool(): void {
    // It waits until every client is released, be it for ever: those that are not have been cut off with the thread.
    if (!this.pool.ending) void this.pool.end();
  }
}

function poolOver(thread: DatabaseThread): Pool {
  const pool = new Pool({
    stream: () => new ClientStream(thread),
    // Given here, they are not taken from PGHOST, PGSSLMODE and the like, which are about another database.
    host: 'embedded',
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    // BullMQ polls a connection that it does not believe to be kept alive.
    keepAlive: true,
    max: MAX_CLIENTS,
    idleTimeoutMillis: 0,
  });
  // Should the thread end by itself, every query says so; without a listener this event would end the process, too.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('release', (_error, client) => {
    if (client.connection.stream instanceof ClientStream) client.connection.stream.abandonTransaction();
  });
  return pool;
}
