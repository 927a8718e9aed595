import { type RememberedMessage, SentMessageStore } from '../../../events/sent-message.store.js';
import { decode, encode } from '../json-with-dates.js';
import { KEPT_MS, type SharedSentMessageOptions } from '../sent-message-age.js';
import { asSharedStore } from '../shared-store.error.js';
import { storableMilliseconds } from '../storable-milliseconds.js';
import { storedKey } from '../stored-key.js';
import { isRememberedMessage } from '../stored-values.js';
import type { RedisClient } from './redis-client.interface.js';
import { RedisScript } from './redis-script.js';

const REMEMBER = new RedisScript(
  'sent-messages.remember',
  `for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'PX', ARGV[2]) end`,
);

/** Sent messages in Redis, for several processes; each is forgotten when it has reached its age. */
export class RedisSentMessageStore extends SentMessageStore {
  private readonly keepMs: number;

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
    await REMEMBER.run(this.client, keys, [encode(message), storableMilliseconds(this.keepMs)]);
  }

  override byMessageId(account: string, messageId: string): Promise<RememberedMessage | undefined> {
    return this.read(this.idOf(account, messageId));
  }

  override lastTo(account: string, recipient: string): Promise<RememberedMessage | undefined> {
    return this.read(this.recipientOf(account, recipient));
  }

  private read(key: string): Promise<RememberedMessage | undefined> {
    return asSharedStore('redis', 'sent-messages.read', async () => {
      const message = decode((await this.client.get(key)) ?? '');
      return isRememberedMessage(message) ? message : undefined;
    });
  }

  private idOf(account: string, messageId: string): string {
    return `${this.prefix}:sent:id:${storedKey(account, messageId)}`;
  }

  private recipientOf(account: string, recipient: string): string {
    return `${this.prefix}:sent:to:${storedKey(account, recipient)}`;
  }
}
