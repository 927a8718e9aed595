import type { ButtonReplyEvent } from '../events/messaging-event.interface.js';
import { MemoryReplyExchange } from '../stores/memory/memory-reply.exchange.js';

/** A reply exchange in memory that reports when `ask` waits for a reply. */
export class ObservedReplyExchange extends MemoryReplyExchange {
  private readonly waiting = new Set<string>();
  private readonly observers = new Set<() => void>();

  override subscribe(sentId: string, listener: (reply: ButtonReplyEvent) => void): () => void {
    const unsubscribe = super.subscribe(sentId, listener);
    // `ask` subscribes before it sends, and again when the message was accepted.
    if (this.waiting.has(sentId)) for (const observer of this.observers) observer();
    this.waiting.add(sentId);
    return () => {
      this.waiting.delete(sentId);
      unsubscribe();
    };
  }

  /** Resolves when the next `ask` waits, or when the signal aborts. */
  nextWait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        this.observers.delete(end);
        resolve();
      };
      this.observers.add(end);
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
