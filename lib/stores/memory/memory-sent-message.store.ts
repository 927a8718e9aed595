import { LRUCache } from 'lru-cache';
import { boundedBySize } from '../../message/bounded-to.js';
import { compositeKey } from '../../message/composite-key.js';
import { RECENT_MESSAGES, type RememberedMessage, SentMessageStore } from '../sent-message.store.js';

/** Stores sent messages in memory, with a bounded size. @publicApi */
export class MemorySentMessageStore extends SentMessageStore {
  private readonly byId: LRUCache<string, RememberedMessage> | undefined;
  private readonly byRecipient: LRUCache<string, readonly RememberedMessage[]> | undefined;

  /** @param max Maximum number of messages of up to 4 kB. Drops the least recently used. 0 stores none. */
  constructor(max: number) {
    super();
    if (max === 0) return;
    // With a late fallback the whole message is stored, including its images.
    this.byId = new LRUCache(boundedBySize(max));
    this.byRecipient = new LRUCache(boundedBySize(max));
  }

  override remember(message: RememberedMessage): void {
    const { sent, messageIds, recipients, buttons } = message;
    const { account } = sent;
    for (const messageId of messageIds) this.byId?.set(compositeKey(account, messageId), message);
    if (buttons.length === 0) return;
    for (const recipient of recipients) {
      const key = compositeKey(account, recipient);
      const before = this.byRecipient?.get(key) ?? [];
      this.byRecipient?.set(key, [message, ...before].slice(0, RECENT_MESSAGES));
    }
  }

  override byMessageId(account: string, messageId: string): RememberedMessage | undefined {
    return this.byId?.get(compositeKey(account, messageId));
  }

  override recentTo(account: string, recipient: string): RememberedMessage[] {
    return [...(this.byRecipient?.get(compositeKey(account, recipient)) ?? [])];
  }
}
