import { type RememberedMessage, SentMessageStore } from '../../../events/sent-message.store.js';
import { inBatches } from '../../in-batches.js';
import { KEPT_MS, type SharedSentMessageOptions } from '../sent-message-age.js';
import { asSharedStore } from '../shared-store.error.js';
import { storableMilliseconds } from '../storable-milliseconds.js';
import { storedKey } from '../stored-key.js';
import { readMessage, type StoredMessage, writeMessage } from '../stored-message.js';
import type { RedisClient } from './redis-client.interface.js';
import { RedisScript } from './redis-script.js';

// KEYS: those of the first message, of the second, … ARGV: their age; then for each message how many keys it has, and it.
const REMEMBER = new RedisScript(
  'sent-messages.remember',
  `
local key = 1
for i = 2, #ARGV, 2 do
  for _ = 1, tonumber(ARGV[i]) do
    redis.call('SET', KEYS[key], ARGV[i + 1], 'PX', ARGV[1])
    key = key + 1
  end
end`,
);

/** Sent messages in Redis, for several processes; each is forgotten when it has reached its age. */
export class RedisSentMessageStore extends SentMessageStore {
  private readonly keepMs: number;
  // Answers come in together, and each is remembered at once.
  private readonly write = inBatches((entries: readonly StoredMessage[]) => this.writeAll(entries), {
    schedule: process.nextTick,
  });

  /** @param prefix Begins every key; on a cluster it holds a hash tag. */
  constructor(
    private readonly client: RedisClient,
    private readonly prefix: string,
    options: SharedSentMessageOptions = {},
  ) {
    super();
    this.keepMs = options.keepMs ?? KEPT_MS;
  }

  override async remember(message: RememberedMessage): Promise<void> {
    const { sent, messageId, recipient, buttons } = message;
    const keys: string[] = [];
    if (messageId !== undefined) keys.push(this.idOf(sent.account, messageId));
    if (buttons.length > 0) keys.push(this.recipientOf(sent.account, recipient));
    if (keys.length === 0 || this.keepMs <= 0) return;
    await this.write({ keys, message: writeMessage(message) });
  }

  override byMessageId(account: string, messageId: string): Promise<RememberedMessage | undefined> {
    return this.read(this.idOf(account, messageId));
  }

  override lastTo(account: string, recipient: string): Promise<RememberedMessage | undefined> {
    return this.read(this.recipientOf(account, recipient));
  }

  private async writeAll(entries: readonly StoredMessage[]): Promise<true[]> {
    const keys = entries.flatMap((entry) => entry.keys);
    const values = entries.flatMap((entry) => [entry.keys.length, entry.message]);
    await REMEMBER.run(this.client, keys, [storableMilliseconds(this.keepMs), ...values]);
    return entries.map(() => true);
  }

  private read(key: string): Promise<RememberedMessage | undefined> {
    return asSharedStore('redis', 'sent-messages.read', async () => {
      const message = await this.client.get(key);
      return message === null ? undefined : readMessage(message);
    });
  }

  private idOf(account: string, messageId: string): string {
    return `${this.prefix}:sent:id:${storedKey(account, messageId)}`;
  }

  private recipientOf(account: string, recipient: string): string {
    return `${this.prefix}:sent:to:${storedKey(account, recipient)}`;
  }
}
