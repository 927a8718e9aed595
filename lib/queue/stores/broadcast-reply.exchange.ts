import { randomUUID } from 'node:crypto';
import type { ButtonReplyEvent } from '../../events/messaging-event.interface.js';
import { ReplyExchange } from '../../stores/reply.exchange.js';
import { decode, encode } from './json-with-dates.js';
import { hashKey } from './key-and-ttl.js';
import { isButtonReplyEvent, open, type ReplyEnvelope } from './reply-envelope.js';

interface Subscription {
  listener: (reply: ButtonReplyEvent) => void;
}

/**
 * Delivers replies to the listeners of this process directly, and to those of other processes through a server. A
 * process that is disconnected at the time does not receive the reply later.
 */
export abstract class BroadcastReplyExchange extends ReplyExchange {
  private readonly origin = randomUUID();
  private readonly subscriptions = new Map<string, Set<Subscription>>();

  /** @throws SharedStoreError if the other processes could not be notified */
  override async publish(sentId: string, reply: ButtonReplyEvent): Promise<void> {
    const address = hashKey(sentId);
    this.deliver(address, reply);
    await this.broadcast({ origin: this.origin, address, body: encode(reply) });
  }

  override subscribe(sentId: string, listener: (reply: ButtonReplyEvent) => void): () => void {
    const address = hashKey(sentId);
    const subscription = { listener };
    const subscriptions = this.subscriptions.get(address) ?? new Set();
    this.subscriptions.set(address, subscriptions.add(subscription));
    return () => {
      subscriptions.delete(subscription);
      const isCurrent = this.subscriptions.get(address) === subscriptions;
      if (subscriptions.size === 0 && isCurrent) this.subscriptions.delete(address);
    };
  }

  /**
   * Waits until replies from other processes are received. This starts automatically, and again after a lost
   * connection.
   *
   * @returns false if it has not started within `withinMs` milliseconds. Never rejects.
   */
  abstract ready(withinMs?: number): Promise<boolean>;

  /** Stops receiving replies. It does not close the clients given to the constructor. */
  abstract close(): Promise<void>;

  /** Sends a reply to the other processes. */
  protected abstract broadcast(envelope: ReplyEnvelope): Promise<void>;

  /** Parses an envelope. Returns undefined if it is this process's own, or no listener here waits for it. */
  protected wanted(payload: string): ReplyEnvelope | undefined {
    const envelope = open(payload);
    if (!envelope || envelope.origin === this.origin) return undefined;
    return this.subscriptions.has(envelope.address) ? envelope : undefined;
  }

  /** Delivers another process's reply, and ignores an invalid one. */
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
        // An error of a listener must not end the process.
      }
    }
  }
}
