import { Queue } from 'bullmq';
import type { SharedStores } from '../../stores/shared-stores.js';
import type { QueueSettings } from '../queue-settings.js';
import type { QueuedJobEnd } from '../queued-message.interface.js';
import {
  RedisIdempotencyStore,
  RedisPacingStore,
  RedisPersonStore,
  RedisRepeatStore,
  RedisReplyExchange,
  RedisSentMessageStore,
} from '../stores/index.js';
import { type Acknowledgement, AcknowledgingWorker } from './acknowledging-worker.js';
import { checkBullmqVersion } from './bullmq-internals/check-version.js';
import { OpenQueueEvents } from './bullmq-internals/open-queue-events.js';
import { RedisJobs } from './bullmq-internals/redis.js';
import { RedisMessagePages } from './bullmq-internals/redis-message-pages.js';
import { createWorkerBackend } from './bullmq-internals/redis-worker-backend.js';
import {
  type EngineEvents,
  type EngineQueue,
  type MessageProcessor,
  type MessageWorker,
  QueueEngine,
  workerOptions,
} from './queue-engine.js';
import { ServerConnection } from './redis-clients.js';
import { checkServers, RedisOpening } from './redis-opening.js';
import { redisRefusal, refusalReason } from './redis-refusal.js';
import { checkSafety } from './redis-safety.js';
import { BLOCKED_MS, startHeartbeat } from './redis-silence.js';
import { redisTarget } from './redis-target.js';
import { type RedisConnections, tryRedis } from './redis-trial.js';

interface OpenedRedis extends RedisConnections {
  /** The prefix of BullMQ's keys. */
  prefix: string;
  stores: SharedStores & { replies: RedisReplyExchange };
  /** The channel of replies. */
  channel: string;
  warnings: string[];
}

/** Runs BullMQ on Redis. */
export class RedisEngine extends QueueEngine {
  // A command blocks Redis: 100 jobs take several milliseconds, which measurably slowed down workers.
  override readonly bulk = { least: 2, most: 20 };
  readonly #opened: OpenedRedis;
  readonly #heartbeats: readonly NodeJS.Timeout[];

  private constructor(opened: OpenedRedis) {
    const { producer: client, prefix, stores, warnings } = opened;
    // Jobs are fetched together, and the progress of each is written immediately.
    const batching = { schedule: process.nextTick };
    super(new RedisJobs(opened, prefix), new RedisMessagePages({ client, prefix }), stores, warnings, batching);
    this.#opened = opened;
    this.#heartbeats = startHeartbeats(opened);
  }

  /** Connects to Redis and prepares it. @throws ConfigurationError, QueueUnavailableError */
  static async open(connection: unknown, settings: QueueSettings): Promise<RedisEngine> {
    checkBullmqVersion();
    const { name, enqueueTimeoutMs, worker, events } = settings;
    const target = redisTarget(connection);
    const opening = new RedisOpening(target, enqueueTimeoutMs);
    const hasSentinels = target.kind === 'server' && Boolean(target.options.sentinels);
    const opened = await opening.open(async (connections, servers) => {
      checkServers(servers, hasSentinels);
      const { producer, subscriber } = connections;
      // On a cluster, keys of one script have to be on one server.
      const [prefix, storesPrefix] = producer.isCluster ? ['{bull}', `{${name}}`] : ['bull', name];
      const queues = [name, `${name}-held`, `${name}-paused`];
      const channel = `${storesPrefix}:replies`;
      await tryRedis(connections, {
        prefix,
        queues,
        stores: storesPrefix,
        channel,
        worker,
        listens: events === 'queue',
      });
      const warnings = await checkSafety(producer, servers, hasSentinels);
      const stores = {
        idempotency: new RedisIdempotencyStore(producer, storesPrefix),
        pacing: new RedisPacingStore(producer, storesPrefix),
        sentMessages: new RedisSentMessageStore(producer, storesPrefix),
        people: new RedisPersonStore(producer, storesPrefix),
        repeats: new RedisRepeatStore(producer, storesPrefix),
        replies: new RedisReplyExchange(producer, subscriber, storesPrefix),
      };
      return { ...connections, prefix, stores, channel, warnings };
    });
    return new RedisEngine(opened);
  }

  override queue<Data>(name: string): EngineQueue<Data> {
    const { producer: connection, prefix } = this.#opened;
    const options = { connection, prefix, skipWaitingForReady: true };
    const queue = new Queue<Data, QueuedJobEnd, string, Data, QueuedJobEnd, string>(name, options);
    queue.on('error', () => undefined);
    return queue;
  }

  override worker(
    name: string,
    processor: MessageProcessor,
    concurrency: number,
    acknowledgement: Acknowledgement,
  ): MessageWorker {
    const { consumer, prefix } = this.#opened;
    const options = { connection: consumer, prefix, ...workerOptions(concurrency) };
    return new AcknowledgingWorker(acknowledgement, name, processor, options, createWorkerBackend);
  }

  override async listen(queue: string): Promise<EngineEvents> {
    const { subscriber: connection, prefix } = this.#opened;
    const lastEventId = await this.jobs.lastEventId(queue);
    const options = { connection, prefix, autorun: false, lastEventId, blockingTimeout: BLOCKED_MS };
    const events = new OpenQueueEvents(queue, options);
    events.on('error', () => undefined);
    return events;
  }

  override ping(): Promise<unknown> {
    return this.#opened.consumer.ping();
  }

  override rejectionOf(error: unknown): string | undefined {
    return redisRefusal(error);
  }

  override connectionRejection(): string | undefined {
    const { producer } = this.#opened;
    const rejection = producer instanceof ServerConnection ? producer.rejection : undefined;
    return rejection && refusalReason(rejection);
  }

  /** Redis expires keys itself. */
  override async sweepStores(): Promise<void> {}

  override async close(): Promise<void> {
    const { stores, producer, consumer, subscriber } = this.#opened;
    for (const heartbeat of this.#heartbeats) clearInterval(heartbeat);
    await stores.replies.close();
    for (const connection of [producer, consumer, subscriber]) connection.disconnectAll();
  }
}

function startHeartbeats({ producer, consumer, subscriber, channel }: OpenedRedis): NodeJS.Timeout[] {
  // Subscribing again only returns a response. A cluster's subscriber has no timeout of its own.
  const giveUp = () => {
    if (subscriber.isCluster && subscriber.status === 'ready') subscriber.disconnect(true);
  };
  return [
    startHeartbeat(producer, () => producer.ping()),
    startHeartbeat(consumer, () => consumer.ping()),
    startHeartbeat(subscriber, () => subscriber.subscribe(channel), giveUp),
  ];
}
