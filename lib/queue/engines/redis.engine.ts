import { Queue } from 'bullmq';
import type { SharedStores } from '../../stores/shared-stores.js';
import { QueueUnavailableError } from '../queue.errors.js';
import type { QueueSettings } from '../queue-settings.js';
import type { QueuedJobEnd } from '../queued-message.interface.js';
import { type Acknowledgement, AcknowledgingWorker } from './acknowledging-worker.js';
import { checkBullmqVersion } from './bullmq-internals/check-version.js';
import { OpenQueueEvents } from './bullmq-internals/open-queue-events.js';
import {
  lastEventId,
  orderRange,
  type RedisQueue,
  removeFailed,
  removeWaitingJob,
  replaceProgress,
  writeProgress,
} from './bullmq-internals/redis.js';
import { createWorkerBackend } from './bullmq-internals/redis-worker-backend.js';
import {
  type EngineEvents,
  type EngineQueue,
  type MessageProcessor,
  type MessageWorker,
  NOT_STARTED,
  type OrderRange,
  type ProgressWrite,
  QueueEngine,
  REQUEST_STARTED,
  workerOptions,
} from './queue-engine.js';
import { type RedisConnection, ServerConnection } from './redis-clients.js';
import { RedisMessagePages } from './redis-message-pages.js';
import { checkServers, RedisOpening } from './redis-opening.js';
import { redisRefusal, refusalReason } from './redis-refusal.js';
import { checkSafety } from './redis-safety.js';
import { BLOCKED_MS, Heartbeat } from './redis-silence.js';
import { RedisStores } from './redis-stores.js';
import { type RedisTarget, redisTarget } from './redis-target.js';
import { type RedisConnections, tryRedis } from './redis-trial.js';

interface OpenedRedis extends RedisConnections {
  /** The prefix of BullMQ's keys. */
  prefix: string;
  stores: RedisStores;
  heartbeats: Heartbeat[];
}

/** The settings that the engine needs. */
export type RedisEngineSettings = Pick<QueueSettings, 'name' | 'enqueueTimeoutMs' | 'worker' | 'events'>;

/** Runs BullMQ on Redis. */
export class RedisEngine extends QueueEngine {
  // A command blocks Redis: 100 jobs take several milliseconds, which measurably slowed down workers.
  override readonly bulk = { least: 2, most: 20 };
  readonly #target: RedisTarget;
  #opened: OpenedRedis | undefined;

  constructor(
    connection: unknown,
    private readonly settings: RedisEngineSettings,
    private readonly warn: (line: string) => void,
  ) {
    // Jobs are fetched together, and the progress of each is written immediately.
    super({ schedule: process.nextTick });
    this.#target = redisTarget(connection);
  }

  override async open(): Promise<void> {
    checkBullmqVersion();
    const { name, enqueueTimeoutMs, worker, events } = this.settings;
    const opening = new RedisOpening(this.#target, enqueueTimeoutMs);
    const hasSentinels = this.#target.kind === 'server' && Boolean(this.#target.options.sentinels);
    this.#opened = await opening.open(async (connections, servers) => {
      checkServers(servers, hasSentinels);
      const { producer, subscriber } = connections;
      // On a cluster, keys of one script have to be on one server.
      const [prefix, stores] = producer.isCluster ? ['{bull}', `{${name}}`] : ['bull', name];
      const queues = [name, `${name}-held`, `${name}-paused`];
      const channel = `${stores}:replies`;
      await tryRedis(connections, { prefix, queues, stores, channel, worker, listens: events === 'queue' });
      for (const warning of await checkSafety(producer, servers, hasSentinels)) this.warn(warning);
      const heartbeats = heartbeatsOf(connections, channel);
      return { ...connections, prefix, heartbeats, stores: new RedisStores(producer, subscriber, stores) };
    });
    for (const heartbeat of this.#opened.heartbeats) heartbeat.start();
  }

  override get stores(): SharedStores {
    return this.use().stores;
  }

  override queue<Data>(name: string): EngineQueue<Data> {
    const { producer, prefix } = this.use();
    const queue = new Queue<Data, QueuedJobEnd, string, Data, QueuedJobEnd, string>(name, {
      connection: producer,
      prefix,
      skipWaitingForReady: true,
    });
    queue.on('error', () => undefined);
    return queue;
  }

  override worker(
    name: string,
    processor: MessageProcessor,
    concurrency: number,
    acknowledgement: Acknowledgement,
  ): MessageWorker {
    const { consumer, prefix } = this.use();
    const options = { connection: consumer, prefix, ...workerOptions(concurrency) };
    return new AcknowledgingWorker(acknowledgement, name, processor, options, createWorkerBackend);
  }

  override async listen(queue: string): Promise<EngineEvents> {
    const { producer, subscriber, prefix } = this.use();
    const events = new OpenQueueEvents(queue, {
      connection: subscriber,
      prefix,
      autorun: false,
      lastEventId: await lastEventId(this.queueVia(producer, queue)),
      blockingTimeout: BLOCKED_MS,
    });
    events.on('error', () => undefined);
    return events;
  }

  override ping(): Promise<unknown> {
    return this.use().consumer.ping();
  }

  override rejectionOf(error: unknown): string | undefined {
    return redisRefusal(error);
  }

  override connectionRejection(): string | undefined {
    const producer = this.#opened?.producer;
    const rejection = producer instanceof ServerConnection ? producer.rejection : undefined;
    return rejection && refusalReason(rejection);
  }

  protected override async writeAll(writes: readonly ProgressWrite[]): Promise<boolean[]> {
    const { consumer, prefix } = this.use();
    return writeProgress(consumer, prefix, writes);
  }

  override async removeWaitingJob(queue: string, jobId: string): Promise<boolean> {
    return removeWaitingJob(this.queueVia(this.use().producer, queue), jobId);
  }

  override async orderRange(queue: string, lowest: number): Promise<OrderRange | undefined> {
    return orderRange(this.queueVia(this.use().producer, queue), lowest);
  }

  override async unmark(queue: string, jobId: string, attemptsStarted: number): Promise<boolean> {
    const change = { attemptsStarted, from: REQUEST_STARTED, to: NOT_STARTED };
    return replaceProgress(this.queueVia(this.use().consumer, queue), jobId, change);
  }

  override async removeFailed(queue: string, jobId: string, call: string): Promise<boolean> {
    return removeFailed(this.queueVia(this.use().producer, queue), jobId, call);
  }

  override pages(name: string): RedisMessagePages {
    return new RedisMessagePages(this.queueVia(this.use().producer, name));
  }

  /** Redis expires keys itself. */
  override async sweepStores(): Promise<void> {}

  override async close(): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    for (const heartbeat of opened.heartbeats) heartbeat.stop();
    await opened.stores.replies.close();
    for (const connection of [opened.producer, opened.consumer, opened.subscriber]) connection.disconnectAll();
  }

  /** Returns a queue on one of the connections. */
  private queueVia(client: RedisConnection, name: string): RedisQueue {
    return { client, prefix: this.use().prefix, name };
  }

  private use(): OpenedRedis {
    if (!this.#opened) throw new QueueUnavailableError('The queue is not open yet', 'not-sent');
    return this.#opened;
  }
}

function heartbeatsOf({ producer, consumer, subscriber }: RedisConnections, channel: string): Heartbeat[] {
  // Subscribing again only returns a response. A cluster's subscriber has no timeout of its own.
  const giveUp = () => {
    if (subscriber.isCluster && subscriber.status === 'ready') subscriber.disconnect(true);
  };
  return [
    new Heartbeat(producer, () => producer.ping()),
    new Heartbeat(consumer, () => consumer.ping()),
    new Heartbeat(subscriber, () => subscriber.subscribe(channel), giveUp),
  ];
}
