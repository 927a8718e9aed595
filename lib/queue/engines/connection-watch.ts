import type { Pool, PoolClient } from 'pg';
import { isRecord } from '../../validation/is-record.js';
import { QuietClient } from './session-client.js';

const LOOK_INTERVAL_MS = 1_000;
/** As long as a job's lock lasts: an answer that comes later is of no use. */
const QUERY_TIMEOUT_MS = 10_000;
/** A connection that only listens is asked so often whether it is still there. */
const HEARTBEAT_AFTER_MS = 4_000;
const HEARTBEAT_TIMEOUT_MS = 5_000;

/** What a connection in use is doing, as seen at the last look. */
interface Use {
  doing: 'waiting' | 'query' | 'heartbeat';
  since: number;
}

/**
 * Gives up connections whose server has gone silent, so that they are made anew. A socket alone would wait for a
 * quarter of an hour, and one that only listens for ever.
 */
export class ConnectionWatch {
  private readonly used = new Map<QuietClient, Use>();
  private readonly idle = new Set<QuietClient>();
  private readonly timer = setInterval(() => this.look(), LOOK_INTERVAL_MS).unref();

  /** Watches a pool whose clients are of the class `QuietClient`. */
  over(pool: Pool): void {
    pool.on('acquire', (client) => this.acquired(client));
    pool.on('release', (error, client) => this.released(client, error));
    pool.on('remove', (client) => this.forget(client));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private acquired(client: PoolClient): void {
    if (!(client instanceof QuietClient)) return;
    this.idle.delete(client);
    this.used.set(client, { doing: 'waiting', since: performance.now() });
  }

  private released(client: PoolClient, error: unknown): void {
    if (!(client instanceof QuietClient)) return;
    this.used.delete(client);
    // pg tells who asked that the time is over, and leaves the query running.
    if (isAsking(client) && !isAnswer(error)) this.giveUp(client);
    else this.idle.add(client);
  }

  private forget(client: PoolClient): void {
    if (!(client instanceof QuietClient)) return;
    this.used.delete(client);
    this.idle.delete(client);
  }

  private look(): void {
    const now = performance.now();
    for (const [client, use] of this.used) {
      if (!isAsking(client)) this.lookAtWaiting(client, use, now);
      else if (use.doing === 'waiting') this.used.set(client, { doing: 'query', since: now });
      else if (now - use.since >= (use.doing === 'heartbeat' ? HEARTBEAT_TIMEOUT_MS : QUERY_TIMEOUT_MS)) {
        this.used.delete(client);
        this.giveUp(client);
      }
    }
  }

  private lookAtWaiting(client: QuietClient, use: Use, now: number): void {
    if (use.doing !== 'waiting') this.used.set(client, { doing: 'waiting', since: now });
    else if (now - use.since >= HEARTBEAT_AFTER_MS) {
      this.used.set(client, { doing: 'heartbeat', since: now });
      client.query('SELECT 1').catch(() => undefined);
    }
  }

  /** Those that are idle may have gone silent with it; to make them anew costs little. */
  private giveUp(client: QuietClient): void {
    const reason = 'the server has not answered in time';
    client.destroy(reason);
    for (const other of this.idle) other.destroy(reason);
    this.idle.clear();
  }
}

/** Whether a query of its own is under way, or it is gone. */
function isAsking(client: unknown): boolean {
  return isRecord(client) && client.readyForQuery === false;
}

/** Whether it is the server that said so: then it is not silent. */
function isAnswer(error: unknown): boolean {
  return isRecord(error) && typeof error.severity === 'string';
}
