import { type RememberedMessage, SentMessageStore } from '../../../events/sent-message.store.js';
import { type Batching, inBatches } from '../../in-batches.js';
import { KEPT_MS, type SharedSentMessageOptions } from '../sent-message-age.js';
import { asSharedStore } from '../shared-store.error.js';
import { storableMilliseconds } from '../storable-milliseconds.js';
import { storedKey } from '../stored-key.js';
import { readMessage, type StoredMessage, writeMessage } from '../stored-message.js';
import type { PostgresPool } from './postgres-pool.interface.js';
import { fromNow, runQuery } from './run-query.js';
import { StoreTables } from './store-tables.js';

/** Sent messages in PostgreSQL, for several processes; each is forgotten when it has reached its age. */
export class PostgresSentMessageStore extends SentMessageStore {
  private readonly tables: StoreTables;
  private readonly keepMs: number;
  private readonly write = inBatches((entries: readonly StoredMessage[]) => this.writeAll(entries), this.batching());

  /** @param schema Where `migrate` made the tables. */
  constructor(
    private readonly pool: PostgresPool,
    schema: string,
    options: SharedSentMessageOptions = {},
  ) {
    super();
    this.tables = new StoreTables(schema);
    this.keepMs = options.keepMs ?? KEPT_MS;
  }

  override async remember(message: RememberedMessage): Promise<void> {
    const { sent, messageId, recipient, buttons } = message;
    const keys: string[] = [];
    if (messageId !== undefined) keys.push(idOf(sent.account, messageId));
    if (buttons.length > 0) keys.push(recipientOf(sent.account, recipient));
    if (keys.length === 0 || this.keepMs <= 0) return;
    await this.write({ keys, message: writeMessage(message) });
  }

  override byMessageId(account: string, messageId: string): Promise<RememberedMessage | undefined> {
    return this.read(idOf(account, messageId));
  }

  override lastTo(account: string, recipient: string): Promise<RememberedMessage | undefined> {
    return this.read(recipientOf(account, recipient));
  }

  /** @internal How messages are written together; asked once, when the store is made. */
  protected batching(): Batching | undefined {
    return undefined;
  }

  private async writeAll(entries: readonly StoredMessage[]): Promise<true[]> {
    // A statement writes no row twice: of several messages under one key the last stays.
    const messages = new Map(entries.flatMap(({ keys, message }) => keys.map((key) => [key, message] as const)));
    // In one order: two processes that wrote their rows in different ones would wait for each other.
    const keys = [...messages.keys()].sort();
    const statement = `
      INSERT INTO ${this.tables.sentMessages} (key, message, expires_at)
      SELECT key, message, ${fromNow('$3')} FROM unnest($1::text[], $2::text[]) AS given (key, message)
      ON CONFLICT (key) DO UPDATE SET message = excluded.message, expires_at = excluded.expires_at`;
    const values = [keys, keys.map((key) => messages.get(key)), storableMilliseconds(this.keepMs)];
    await runQuery(this.pool, 'sent-messages.remember', statement, values);
    return entries.map(() => true);
  }

  private async read(key: string): Promise<RememberedMessage | undefined> {
    const statement = `
      SELECT message FROM ${this.tables.sentMessages} WHERE key = $1 AND expires_at > clock_timestamp()`;
    const [row] = await runQuery(this.pool, 'sent-messages.read', statement, [key]);
    return asSharedStore('postgres', 'sent-messages.read', async () => {
      return typeof row?.message === 'string' ? readMessage(row.message) : undefined;
    });
  }
}

function idOf(account: string, messageId: string): string {
  return storedKey('id', account, messageId);
}

function recipientOf(account: string, recipient: string): string {
  return storedKey('to', account, recipient);
}
