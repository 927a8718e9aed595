import { withTimeout } from '../../../async/delay.js';
import { BroadcastReplyExchange } from '../broadcast-reply.exchange.js';
import { type ReplyEnvelope, seal } from '../reply-envelope.js';
import { asSharedStore } from '../shared-store.error.js';
import type { RedisClient, RedisSubscriber } from './redis-client.interface.js';

/**
 * Exchanges replies through one Redis channel, to which it subscribes when it is created and after every lost
 * connection. A process that is disconnected at the time does not receive the reply later.
 *
 * @publicApi
 */
export class RedisReplyExchange extends BroadcastReplyExchange {
  readonly #subscriber: RedisSubscriber;
  readonly #client: RedisClient;
  private readonly channel: string;
  private readonly subscribed: Promise<void>;
  private onSubscribed: () => void = () => {};
  private listening = false;
  private closed = false;

  /**
   * @param client Publishes replies.
   * @param subscriber Another client, used only by this exchange.
   * @param prefix The prefix of the channel's name.
   */
  constructor(client: RedisClient, subscriber: RedisSubscriber, prefix: string) {
    super();
    this.#subscriber = subscriber;
    this.#client = client;
    this.channel = `${prefix}:replies`;
    this.subscribed = new Promise((resolve) => {
      this.onSubscribed = resolve;
    });
    subscriber.on('message', this.onMessage);
    subscriber.on('ready', this.join);
    // Without a listener ioredis would print the error, which the other clients report too.
    subscriber.on('error', () => {});
    this.join();
  }

  override async ready(withinMs = 5_000): Promise<boolean> {
    if (!this.listening) await withTimeout(withinMs, this.subscribed);
    return this.listening;
  }

  override async close(): Promise<void> {
    this.closed = true;
    this.listening = false;
    this.#subscriber.off('message', this.onMessage);
    this.#subscriber.off('ready', this.join);
    // Not awaited, because without a connection it would wait for one.
    this.#subscriber.unsubscribe(this.channel).catch(() => {});
  }

  protected override async broadcast(envelope: ReplyEnvelope): Promise<void> {
    await asSharedStore('redis', 'replies.publish', () => this.#client.publish(this.channel, seal(envelope)));
  }

  private readonly onMessage = (channel: string, payload: string): void => {
    if (channel !== this.channel) return;
    const envelope = this.wanted(payload);
    if (envelope) this.deliverEncoded(envelope.address, envelope.body);
  };

  private readonly join = (): void => {
    this.#subscriber.subscribe(this.channel).then(
      () => {
        this.listening = !this.closed;
        this.onSubscribed();
      },
      // Without a connection it fails, and is repeated on `ready`.
      () => {},
    );
  };
}
