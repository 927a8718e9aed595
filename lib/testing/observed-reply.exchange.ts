import type { ButtonReplyEvent } from '../events/messaging-event.interface.js';
import { MemoryReplyExchange } from '../stores/memory/memory-reply.exchange.js';

/** Answers within one process; it also tells when a question is out and waits for its answer. */
export class ObservedReplyExchange extends MemoryReplyExchange {
  private readonly waiting = new Set<string>();
  private readonly observers = new Set<() => void>();

  override subscribe(sentId: string, listener: (reply: ButtonReplyEvent) => void): () => void {
    const unsubscribe = super.subscribe(sentId, listener);
    // `ask` listens before it sends, and again when the message was accepted.
    if (this.waiting.has(sentId)) for (const observer of this.observers) observer();
    this.waiting.add(sentId);
    return () => {
      this.waiting.delete(sentId);
      unsubscribe();
    };
  }

  /** Resolves as soon as another question is out, or the signal is aborted. */
  nextQuestion(signal: AbortSignal): Promise<void> {
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
