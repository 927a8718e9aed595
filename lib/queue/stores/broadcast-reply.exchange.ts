import { randomUUID } from 'node:crypto';
import type { ButtonReplyEvent } from '../../events/messaging-event.interface.js';
import { ReplyExchange } from '../../stores/reply.exchange.js';
import { hashKey } from './hash-key.js';
import { decode, encode } from './json-with-dates.js';
import { open, type ReplyEnvelope } from './reply-envelope.js';
import { isButtonReplyEvent } from './stored-values.js';

interface Subscription {
  listener: (reply: ButtonReplyEvent) => void;
}

/**
 * Brings answers to the listeners of this process at once, and by a server to those of all others. An answer that
 * comes while a process has lost its connection is not brought to it later.
 */
export abstract class BroadcastReplyExchange extends ReplyExchange {
  private readonly origin = randomUUID();
  private readonly subscriptions = new Map<string, Set<Subscription>>();

  /** @throws SharedStoreError where the other processes could not be told. */
  override async publish(sentId: string, reply: ButtonReplyEvent): Promise<void> {
    const address = hashKey(sentId);
    this.deliver(address, reply);
    await this.broadcast({ origin: this.origin, address, body: encode(reply) });
  }

  override subscribe(sentId: string, listener: (reply: ButtonReplyEvent) => void): () => void {
    const address = hashKey(sentId);
    const subscription = { listener };
    const others = this.subscriptions.get(address) ?? new Set();
    this.subscriptions.set(address, others.add(subscription));
    return () => {
      others.delete(subscription);
      if (others.size === 0 && this.subscriptions.get(address) === others) this.subscriptions.delete(address);
    };
  }

  /**
   * Waits until answers from other processes are heard, which begins by itself and begins again after every lost
   * connection. Never rejects: false where it has not begun within so many milliseconds.
   */
  abstract ready(withinMs?: number): Promise<boolean>;

  /** Stops hearing other processes. What was given to the constructor is left to whoever made it. */
  abstract close(): Promise<void>;

  /** Tells the other processes. */
  protected abstract broadcast(envelope: ReplyEnvelope): Promise<void>;

  /** The envelope, where it is another process's and somebody here waits for it. */
  protected wanted(payload: string): ReplyEnvelope | undefined {
    const envelope = open(payload);
    if (!envelope || envelope.origin === this.origin) return undefined;
    return this.subscriptions.has(envelope.address) ? envelope : undefined;
  }

  /** Hands on what another process sent; what cannot be read is nobody's answer. */
  protected deliverEncoded(address: string, body: string): void {
    let reply: unknown;
    try {
      reply = decode(body);
    } catch {
      return;
    }
    if (isButtonReplyEvent(reply)) this.deliver(address, reply);
  }

  private deliver(address: string, reply: ButtonReplyEvent): void {
    for (const { listener } of [...(this.subscriptions.get(address) ?? [])]) {
      try {
        listener(reply);
      } catch {
        // There is nobody to tell, and a listener's fault must not end a process that only heard an answer.
      }
    }
  }
}
