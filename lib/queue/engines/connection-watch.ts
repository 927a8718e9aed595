import type { Pool, PoolClient } from 'pg';
import { isRecord } from '../../validation/is-record.js';
import { QuietClient } from './session-client.js';

const CHECK_INTERVAL_MS = 1_000;
/** The duration of a job's lock. A later response is useless. */
const QUERY_TIMEOUT_MS = 10_000;
/** How often a connection that only listens is checked. */
const HEARTBEAT_AFTER_MS = 4_000;
const HEARTBEAT_TIMEOUT_MS = 5_000;

/** What a connection in use was doing at the last check. */
interface Use {
  doing: 'waiting' | 'query' | 'heartbeat';
  since: number;
}

/**
 * Closes connections whose server does not respond, so that they are replaced. A socket would wait 15 minutes, and one
 * that only listens would wait indefinitely.
 */
export class ConnectionWatch {
  private readonly used = new Map<QuietClient, Use>();
  private readonly idle = new Set<QuietClient>();
  private readonly timer = setInterval(() => this.check(), CHECK_INTERVAL_MS).unref();

  /** Watches a pool with clients of the class `QuietClient`. */
  watch(pool: Pool): void {
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
    // After a timeout, pg rejects the query but leaves it running.
    if (isBusy(client) && !isResponse(error)) this.giveUp(client);
    else this.idle.add(client);
  }

  private forget(client: PoolClient): void {
    if (!(client instanceof QuietClient)) return;
    this.used.delete(client);
    this.idle.delete(client);
  }

  private check(): void {
    const now = performance.now();
    for (const [client, use] of this.used) {
      if (!isBusy(client)) this.checkWaiting(client, use, now);
      else if (use.doing === 'waiting') this.used.set(client, { doing: 'query', since: now });
      else if (now - use.since >= (use.doing === 'heartbeat' ? HEARTBEAT_TIMEOUT_MS : QUERY_TIMEOUT_MS)) {
        this.used.delete(client);
        this.giveUp(client);
      }
    }
  }

  private checkWaiting(client: QuietClient, use: Use, now: number): void {
    if (use.doing !== 'waiting') this.used.set(client, { doing: 'waiting', since: now });
    else if (now - use.since >= HEARTBEAT_AFTER_MS) {
      this.used.set(client, { doing: 'heartbeat', since: now });
      client.query('SELECT 1').catch(() => undefined);
    }
  }

  /** Also closes idle connections, which may have the same problem and are cheap to replace. */
  private giveUp(client: QuietClient): void {
    const reason = 'the server did not respond in time';
    client.destroy(reason);
    for (const other of this.idle) other.destroy(reason);
    this.idle.clear();
  }
}

/** Returns whether a query of this client is running, or its connection is lost. */
function isBusy(client: unknown): boolean {
  return isRecord(client) && client.readyForQuery === false;
}

/** Returns whether an error is a response of the server. */
function isResponse(error: unknown): boolean {
  return isRecord(error) && typeof error.severity === 'string';
}
