import { createHash, randomUUID } from 'node:crypto';
import { BroadcastReplyExchange } from '../broadcast-reply.exchange.js';
import { type ReplyEnvelope, seal } from '../reply-envelope.js';
import { NotificationListener } from './notification-listener.js';
import type { PostgresPool } from './postgres-pool.interface.js';
import { fromNow, runQuery } from './run-query.js';
import { type StoreTables, storeTables } from './store-tables.js';

/** The maximum size of a notification, in bytes. @see https://www.postgresql.org/docs/current/sql-notify.html */
const MAX_PAYLOAD = 7_999;
/** Retention of a row, in milliseconds. It is read as soon as it is announced. */
const ROW_TTL_MS = 10 * 60 * 1_000;

/**
 * Exchanges replies through PostgreSQL's LISTEN and NOTIFY. A reply that is too large for a notification is stored in a
 * row. The exchange keeps one connection of the pool to listen, and replaces it when it is lost. A process that is
 * disconnected at the time does not receive the reply later.
 *
 * @publicApi
 */
export class PostgresReplyExchange extends BroadcastReplyExchange {
  readonly #pool: PostgresPool;
  private readonly tables: StoreTables;
  private readonly channel: string;
  private readonly listener: NotificationListener;

  /** @param schema The schema in which `migrate` created the tables. */
  constructor(pool: PostgresPool, schema: string) {
    super();
    this.#pool = pool;
    this.tables = storeTables(schema);
    this.channel = `messaging_replies_${createHash('sha256').update(schema).digest('hex').slice(0, 32)}`;
    this.listener = new NotificationListener(pool, this.channel, (payload) => this.onPayload(payload));
  }

  override ready(withinMs = 5_000): Promise<boolean> {
    return this.listener.ready(withinMs);
  }

  /** Stops receiving replies and releases the connection. Call it before the pool ends. */
  override close(): Promise<void> {
    return this.listener.close();
  }

  protected override async broadcast(envelope: ReplyEnvelope): Promise<void> {
    const payload = seal(envelope);
    if (Buffer.byteLength(payload) <= MAX_PAYLOAD) {
      await runQuery(this.#pool, 'replies.publish', 'SELECT pg_notify($1, $2)', [this.channel, payload]);
      return;
    }
    const row = randomUUID();
    const statement = `
      WITH stored AS (
        INSERT INTO ${this.tables.replies} (key, reply, expires_at) VALUES ($3, $4, ${fromNow('$5')}) RETURNING key
      )
      SELECT pg_notify($1, $2) FROM stored`;
    const announcement = seal({ ...envelope, row, body: '' });
    const values = [this.channel, announcement, row, envelope.body, ROW_TTL_MS];
    await runQuery(this.#pool, 'replies.publish', statement, values);
  }

  private onPayload(payload: string): void {
    const envelope = this.wanted(payload);
    if (!envelope) return;
    if (envelope.row === undefined) this.deliverEncoded(envelope.address, envelope.body);
    // A reply that cannot be read is lost, like one that arrives while disconnected.
    else this.fetch(envelope.address, envelope.row).catch(() => {});
  }

  private async fetch(address: string, row: string): Promise<void> {
    const statement = `SELECT reply FROM ${this.tables.replies} WHERE key = $1`;
    const [stored] = await runQuery(this.#pool, 'replies.fetch', statement, [row]);
    if (typeof stored?.reply === 'string') this.deliverEncoded(address, stored.reply);
  }
}
