import { RECENT_MESSAGES, type RememberedMessage, SentMessageStore } from '../../../stores/sent-message.store.js';
import { createBatcher } from '../../batcher.js';
import { clampTtl, hashKey } from '../key-and-ttl.js';
import {
  RETENTION_MS,
  readMessages,
  type SharedSentMessageOptions,
  type StoredMessage,
  writeMessage,
} from '../sent-message.codec.js';
import { asSharedStore } from '../shared-store.error.js';
import type { RedisClient } from './redis-client.interface.js';
import { RedisScript } from './redis-script.js';

// KEYS: those of the first message, of the second, … ARGV: the retention, how many messages a recipient's key contains;
// then for each message how many of its keys are IDs, how many are recipients, and the message. The driver may repeat a
// command whose response was lost, so a message is not added to a recipient twice.
const REMEMBER = new RedisScript(
  'sent-messages.remember',
  `
local key = 1
for i = 3, #ARGV, 3 do
  for _ = 1, tonumber(ARGV[i]) do
    redis.call('SET', KEYS[key], ARGV[i + 2], 'PX', ARGV[1])
    key = key + 1
  end
  for _ = 1, tonumber(ARGV[i + 1]) do
    local messages = { ARGV[i + 2] }
    for message in string.gmatch(redis.call('GET', KEYS[key]) or '', '[^\\n]+') do
      if message ~= ARGV[i + 2] and #messages < tonumber(ARGV[2]) then messages[#messages + 1] = message end
    end
    redis.call('SET', KEYS[key], table.concat(messages, '\\n'), 'PX', ARGV[1])
    key = key + 1
  end
end`,
);

/**
 * Stores sent messages in Redis, for several processes. The last few messages to one recipient expire together with the
 * newest of them.
 *
 * @publicApi
 */
export class RedisSentMessageStore extends SentMessageStore {
  readonly #client: RedisClient;
  private readonly keepMs: number;
  // Responses arrive together, and each message is stored immediately.
  private readonly write = createBatcher((entries: readonly StoredMessage[]) => this.writeAll(entries), {
    schedule: process.nextTick,
  });

  /** @param prefix The prefix of every key. On a cluster it has to contain a hash tag. */
  constructor(
    client: RedisClient,
    private readonly prefix: string,
    options: SharedSentMessageOptions = {},
  ) {
    super();
    this.#client = client;
    this.keepMs = options.keepMs ?? RETENTION_MS;
  }

  override async remember(message: RememberedMessage): Promise<void> {
    const { sent, messageIds, recipients, buttons } = message;
    const ids = messageIds.map((id) => this.idOf(sent.account, id));
    const to = buttons.length > 0 ? recipients.map((recipient) => this.recipientOf(sent.account, recipient)) : [];
    if (ids.length + to.length === 0 || this.keepMs <= 0) return;
    await this.write({ ids, recipients: to, message: writeMessage(message) });
  }

  override async byMessageId(account: string, messageId: string): Promise<RememberedMessage | undefined> {
    const [message] = await this.read(this.idOf(account, messageId));
    return message;
  }

  override recentTo(account: string, recipient: string): Promise<RememberedMessage[]> {
    return this.read(this.recipientOf(account, recipient));
  }

  private async writeAll(entries: readonly StoredMessage[]): Promise<true[]> {
    const keys = entries.flatMap(({ ids, recipients }) => [...ids, ...recipients]);
    const values = entries.flatMap(({ ids, recipients, message }) => [ids.length, recipients.length, message]);
    await REMEMBER.run(this.#client, keys, [clampTtl(this.keepMs), RECENT_MESSAGES, ...values]);
    return entries.map(() => true);
  }

  private read(key: string): Promise<RememberedMessage[]> {
    return asSharedStore('redis', 'sent-messages.read', async () => {
      const messages = await this.#client.get(key);
      return messages === null ? [] : readMessages(messages);
    });
  }

  private idOf(account: string, messageId: string): string {
    return `${this.prefix}:sent:id:${hashKey(account, messageId)}`;
  }

  private recipientOf(account: string, recipient: string): string {
    return `${this.prefix}:sent:to:${hashKey(account, recipient)}`;
  }
}
