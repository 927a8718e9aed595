import { withTimeout } from '../../../async/delay.js';
import { BroadcastReplyExchange } from '../broadcast-reply.exchange.js';
import { type ReplyEnvelope, seal } from '../reply-envelope.js';
import { asSharedStore } from '../shared-store.error.js';
import type { RedisClient, RedisSubscriber } from './redis-client.interface.js';

/**
 * Answers by Redis' publish and subscribe, on one channel, which is joined when the exchange is made and again after
 * every lost connection. A process that is away at the time does not get the answer later.
 */
export class RedisReplyExchange extends BroadcastReplyExchange {
  readonly #subscriber: RedisSubscriber;
  readonly #client: RedisClient;
  private readonly channel: string;
  private readonly joined: Promise<void>;
  private tellJoined: () => void = () => {};
  private listening = false;
  private closed = false;

  /**
   * @param client Publishes.
   * @param subscriber Another client, for this exchange alone.
   * @param prefix Begins the channel's name.
   */
  constructor(client: RedisClient, subscriber: RedisSubscriber, prefix: string) {
    super();
    this.#subscriber = subscriber;
    this.#client = client;
    this.channel = `${prefix}:replies`;
    this.joined = new Promise((resolve) => {
      this.tellJoined = resolve;
    });
    subscriber.on('message', this.onMessage);
    subscriber.on('ready', this.join);
    // Its owner hears of a lost connection from the other clients; unheard, ioredis would print it.
    subscriber.on('error', () => {});
    this.join();
  }

  override async ready(withinMs = 5_000): Promise<boolean> {
    if (!this.listening) await withTimeout(withinMs, this.joined);
    return this.listening;
  }

  override async close(): Promise<void> {
    this.closed = true;
    this.listening = false;
    this.#subscriber.off('message', this.onMessage);
    this.#subscriber.off('ready', this.join);
    // Not waited for: without a connection it would wait for one.
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
        this.tellJoined();
      },
      // Refused for want of a connection: it is tried again as soon as there is one.
      () => {},
    );
  };
}
