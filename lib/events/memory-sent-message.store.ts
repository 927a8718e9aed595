import { LRUCache } from 'lru-cache';
import { compoundKey } from '../message/compound-key.js';
import { type RememberedMessage, SentMessageStore } from './sent-message.store.js';

/** Sent messages in memory: bounded, and gone with the process. */
export class MemorySentMessageStore extends SentMessageStore {
  private readonly byId: LRUCache<string, RememberedMessage> | undefined;
  private readonly byRecipient: LRUCache<string, RememberedMessage> | undefined;

  /** @param max Messages kept; the one unused for longest is forgotten first. 0 keeps none. */
  constructor(max: number) {
    super();
    if (max === 0) return;
    this.byId = new LRUCache({ max });
    this.byRecipient = new LRUCache({ max });
  }

  override remember(message: RememberedMessage): void {
    const { sent, messageId } = message;
    const { account } = sent;
    if (messageId !== undefined) this.byId?.set(compoundKey(account, messageId), message);
    if (message.buttons.length > 0) this.byRecipient?.set(compoundKey(account, message.recipient), message);
  }

  override byMessageId(account: string, messageId: string): RememberedMessage | undefined {
    return this.byId?.get(compoundKey(account, messageId));
  }

  override lastTo(account: string, recipient: string): RememberedMessage | undefined {
    return this.byRecipient?.get(compoundKey(account, recipient));
  }
}
