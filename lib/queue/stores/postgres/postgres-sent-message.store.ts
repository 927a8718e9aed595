import { RECENT_MESSAGES, type RememberedMessage, SentMessageStore } from '../../../stores/sent-message.store.js';
import { type Batching, createBatcher } from '../../batcher.js';
import { clampTtl, hashKey } from '../key-and-ttl.js';
import {
  BETWEEN_MESSAGES,
  RETENTION_MS,
  readMessages,
  type SharedSentMessageOptions,
  type StoredMessage,
  writeMessage,
} from '../sent-message.codec.js';
import { asSharedStore } from '../shared-store.error.js';
import type { PostgresPool } from './postgres-pool.interface.js';
import { fromNow, runQuery } from './run-query.js';
import { type StoreTables, storeTables } from './store-tables.js';

/**
 * Stores sent messages in PostgreSQL, for several processes. The last few messages to one recipient expire together
 * with the newest of them.
 *
 * @publicApi
 */
export class PostgresSentMessageStore extends SentMessageStore {
  readonly #pool: PostgresPool;
  private readonly tables: StoreTables;
  private readonly keepMs: number;
  private readonly write = createBatcher(
    (entries: readonly StoredMessage[]) => this.writeAll(entries),
    this.batching(),
  );

  /** @param schema The schema in which `migrate` created the tables. */
  constructor(pool: PostgresPool, schema: string, options: SharedSentMessageOptions = {}) {
    super();
    this.#pool = pool;
    this.tables = storeTables(schema);
    this.keepMs = options.keepMs ?? RETENTION_MS;
  }

  override async remember(message: RememberedMessage): Promise<void> {
    const { sent, messageIds, recipients, buttons } = message;
    const ids = messageIds.map((id) => idOf(sent.account, id));
    const to = buttons.length > 0 ? recipients.map((recipient) => recipientOf(sent.account, recipient)) : [];
    if (ids.length + to.length === 0 || this.keepMs <= 0) return;
    await this.write({ ids, recipients: to, message: writeMessage(message) });
  }

  override async byMessageId(account: string, messageId: string): Promise<RememberedMessage | undefined> {
    const [message] = await this.read(idOf(account, messageId));
    return message;
  }

  override recentTo(account: string, recipient: string): Promise<RememberedMessage[]> {
    return this.read(recipientOf(account, recipient));
  }

  /** @internal Returns how writes are batched. Called once, by the constructor. */
  protected batching(): Batching | undefined {
    return undefined;
  }

  private async writeAll(entries: readonly StoredMessage[]): Promise<true[]> {
    const rows = rowsOf(entries);
    // Sorted, because two processes that lock rows in different orders would deadlock.
    const keys = [...rows.keys()].sort();
    const statement = `
      INSERT INTO ${this.tables.sentMessages} AS present (key, message, expires_at)
      SELECT key, message, ${fromNow('$3')} FROM unnest($1::text[], $2::text[]) AS given (key, message)
      ON CONFLICT (key) DO UPDATE SET
        message = CASE WHEN present.expires_at <= clock_timestamp() THEN excluded.message
          ELSE array_to_string((string_to_array(
            excluded.message || ${LINE_FEED} || present.message, ${LINE_FEED}
          ))[1 : ${RECENT_MESSAGES}], ${LINE_FEED}) END,
        expires_at = excluded.expires_at`;
    const values = [keys, keys.map((key) => rows.get(key)), clampTtl(this.keepMs)];
    await runQuery(this.#pool, 'sent-messages.remember', statement, values);
    return entries.map(() => true);
  }

  private async read(key: string): Promise<RememberedMessage[]> {
    const statement = `
      SELECT message FROM ${this.tables.sentMessages} WHERE key = $1 AND expires_at > clock_timestamp()`;
    const [row] = await runQuery(this.#pool, 'sent-messages.read', statement, [key]);
    return asSharedStore('postgres', 'sent-messages.read', async () => {
      return typeof row?.message === 'string' ? readMessages(row.message) : [];
    });
  }
}

const LINE_FEED = `E'\\n'`;

/** Returns the value of each key, newest message first, because one statement cannot write a row twice. */
function rowsOf(entries: readonly StoredMessage[]): Map<string, string> {
  const rows = new Map<string, string>();
  for (const { ids, recipients, message } of entries) {
    for (const key of ids) rows.set(key, message);
    for (const key of recipients) {
      const earlier = rows.get(key)?.split(BETWEEN_MESSAGES) ?? [];
      rows.set(key, [message, ...earlier].slice(0, RECENT_MESSAGES).join(BETWEEN_MESSAGES));
    }
  }
  return rows;
}

function idOf(account: string, messageId: string): string {
  return hashKey('id', account, messageId);
}

function recipientOf(account: string, recipient: string): string {
  return hashKey('to', account, recipient);
}
