import { createHash, randomUUID } from 'node:crypto';
import { BroadcastReplyExchange } from '../broadcast-reply.exchange.js';
import { type ReplyEnvelope, seal } from '../reply-envelope.js';
import { NotificationListener } from './notification-listener.js';
import type { PostgresPool } from './postgres-pool.interface.js';
import { fromNow, runQuery } from './run-query.js';
import { StoreTables } from './store-tables.js';

/** PostgreSQL takes less than 8,000 bytes in a notification. */
const MAX_PAYLOAD = 7_999;
/** Rows are read as soon as they are announced. */
const ROW_TTL_MS = 10 * 60 * 1_000;

/**
 * Answers by PostgreSQL's LISTEN and NOTIFY; one that is too large for a notification waits in a row. Of the pool it
 * keeps one connection, which listens from when the exchange is made and is replaced when it is lost. A process that
 * is away at the time does not get the answer later.
 */
export class PostgresReplyExchange extends BroadcastReplyExchange {
  readonly #pool: PostgresPool;
  private readonly tables: StoreTables;
  private readonly channel: string;
  private readonly listener: NotificationListener;

  /** @param schema Where `migrate` made the tables. */
  constructor(pool: PostgresPool, schema: string) {
    super();
    this.#pool = pool;
    this.tables = new StoreTables(schema);
    this.channel = `messaging_replies_${createHash('sha256').update(schema).digest('hex').slice(0, 32)}`;
    this.listener = new NotificationListener(pool, this.channel, (payload) => this.onPayload(payload));
  }

  override ready(withinMs = 5_000): Promise<boolean> {
    return this.listener.ready(withinMs);
  }

  /** Stops hearing other processes, and gives the connection back; the pool could not end before. */
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
    // There is nobody to tell of an answer that could not be fetched.
    else this.fetch(envelope.address, envelope.row).catch(() => {});
  }

  private async fetch(address: string, row: string): Promise<void> {
    const statement = `SELECT reply FROM ${this.tables.replies} WHERE key = $1`;
    const [stored] = await runQuery(this.#pool, 'replies.fetch', statement, [row]);
    if (typeof stored?.reply === 'string') this.deliverEncoded(address, stored.reply);
  }
}
