import { LRUCache } from 'lru-cache';
import { boundedBySize } from '../../message/bounded-to.js';
import { compositeKey } from '../../message/composite-key.js';
import { RECENT_MESSAGES, type RememberedMessage, SentMessageStore } from '../sent-message.store.js';

/** Sent messages in memory: bounded, and gone with the process. */
export class MemorySentMessageStore extends SentMessageStore {
  private readonly byId: LRUCache<string, RememberedMessage> | undefined;
  private readonly byRecipient: LRUCache<string, readonly RememberedMessage[]> | undefined;

  /** @param max Messages kept, or fewer of more than 4 kB; the one unused for longest is forgotten first. 0 keeps none. */
  constructor(max: number) {
    super();
    if (max === 0) return;
    // With a late fallback the whole message is kept, its pictures too.
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
