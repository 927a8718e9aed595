import { Queue, QueueEvents } from 'bullmq';
import type { SharedStores } from '../../stores/shared-stores.js';
import { QueueUnavailableError } from '../queue.errors.js';
import type { QueueSettings } from '../queue-settings.js';
import type { QueuedJobEnd } from '../queued-message.interface.js';
import { type Acknowledgement, AcknowledgingWorker } from './acknowledging-worker.js';
import {
  type EngineEvents,
  type EngineQueue,
  type MessageProcessor,
  type MessageWorker,
  NOT_LEFT,
  type OrderRange,
  type ProgressWrite,
  QueueEngine,
  REQUEST_LEFT,
  workerOptions,
} from './queue-engine.js';
import { createWorkerBackend } from './redis-backend.js';
import { RedisMessagePages } from './redis-message-pages.js';
import { checkServers, RedisOpening } from './redis-opening.js';
import { redisRefusal } from './redis-refusal.js';
import { checkSafety } from './redis-safety.js';
import { BESIDE_A_JOB, REMOVE_FAILED, TAKE_BACK, UNMARK, WRITE_PROGRESS } from './redis-scripts.js';
import { BLOCKED_MS, Heartbeat } from './redis-silence.js';
import { RedisStores } from './redis-stores.js';
import { type RedisTarget, redisTarget } from './redis-target.js';
import { type RedisConnections, tryRedis } from './redis-trial.js';

/** BullMQ's scores are a priority, and below it the order within the priority. */
const SCORES_OF_A_PRIORITY = 2 ** 32;

interface OpenedRedis extends RedisConnections {
  /** Begins the names of BullMQ's keys. */
  prefix: string;
  stores: RedisStores;
  heartbeats: Heartbeat[];
}

/** What is used of the queue's settings. */
export type RedisEngineSettings = Pick<QueueSettings, 'name' | 'enqueueTimeoutMs' | 'worker' | 'events'>;

/** BullMQ on Redis. */
export class RedisEngine extends QueueEngine {
  // Redis does nothing else during it: with 100, which take it several milliseconds, workers went short of answers.
  override readonly bulk = { least: 2, most: 20 };
  readonly #target: RedisTarget;
  #opened: OpenedRedis | undefined;

  constructor(
    connection: unknown,
    private readonly settings: RedisEngineSettings,
    private readonly warn: (line: string) => void,
  ) {
    // Jobs come in together, and the progress of each is written at once.
    super({ schedule: process.nextTick });
    this.#target = redisTarget(connection);
  }

  override async open(): Promise<void> {
    const { name, enqueueTimeoutMs, worker, events } = this.settings;
    const opening = new RedisOpening(this.#target, enqueueTimeoutMs);
    const hasSentinels = this.#target.kind === 'server' && Boolean(this.#target.options.sentinels);
    this.#opened = await opening.open(async (connections, servers) => {
      checkServers(servers, hasSentinels);
      const { producer, subscriber } = connections;
      // What belongs together has to lie on one server.
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
    const [last] = await producer.xrevrange(`${prefix}:${queue}:events`, '+', '-', 'COUNT', 1);
    const events = new QueueEvents(queue, {
      connection: subscriber,
      prefix,
      autorun: false,
      lastEventId: last?.[0] ?? '0-0',
      blockingTimeout: BLOCKED_MS,
    });
    events.on('error', () => undefined);
    return events;
  }

  override ping(): Promise<unknown> {
    return this.use().consumer.ping();
  }

  override refusalOf(error: unknown): string | undefined {
    return redisRefusal(error);
  }

  protected override async writeAll(writes: readonly ProgressWrite[]): Promise<boolean[]> {
    const { consumer, prefix } = this.use();
    const keys = writes.map(({ queue, jobId }) => `${prefix}:${queue}:${jobId}`);
    const values = writes.flatMap(({ lockToken, progress }) => [lockToken, JSON.stringify(progress)]);
    const written = await WRITE_PROGRESS.run(consumer, keys, values);
    return writes.map((_, index) => Array.isArray(written) && written[index] === 1);
  }

  override async takeBack(queue: string, jobId: string): Promise<boolean> {
    const { producer, prefix } = this.use();
    const waiting = ['wait', 'paused', 'delayed', 'prioritized'].map((state) => `${prefix}:${queue}:${state}`);
    const taken = await producer.eval(TAKE_BACK, 5, `${prefix}:${queue}:${jobId}`, ...waiting, jobId);
    return taken !== 0;
  }

  override async orderRange(queue: string, lowest: number): Promise<OrderRange | undefined> {
    const { producer, prefix } = this.use();
    const key = `${prefix}:${queue}:prioritized`;
    const below = `(${(lowest + 1) * SCORES_OF_A_PRIORITY}`;
    const [[, first], [, last]] = await Promise.all([
      producer.zrangebyscore(key, '-inf', below, 'WITHSCORES', 'LIMIT', 0, 1),
      producer.zrevrangebyscore(key, below, '-inf', 'WITHSCORES', 'LIMIT', 0, 1),
    ]);
    return first === undefined || last === undefined ? undefined : { first: priorityOf(first), last: priorityOf(last) };
  }

  override async unmark(queue: string, jobId: string, attemptsStarted: number): Promise<boolean> {
    const { consumer, prefix } = this.use();
    const values = [attemptsStarted, JSON.stringify(REQUEST_LEFT), JSON.stringify(NOT_LEFT)];
    return (await consumer.eval(UNMARK, 1, `${prefix}:${queue}:${jobId}`, ...values)) === 1;
  }

  override async removeFailed(queue: string, jobId: string, call: string): Promise<boolean> {
    const { producer, prefix } = this.use();
    const beside = BESIDE_A_JOB.map((suffix) => `${prefix}:${queue}:${jobId}${suffix}`);
    const keys = [`${prefix}:${queue}:failed`, ...beside];
    return (await producer.eval(REMOVE_FAILED, keys.length, ...keys, jobId, call)) === 1;
  }

  override pages(name: string): RedisMessagePages {
    const { producer, prefix } = this.use();
    return new RedisMessagePages(producer, prefix, name);
  }

  // What expires in Redis goes by itself.
  override async sweepStores(): Promise<void> {}

  override async close(): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    for (const heartbeat of opened.heartbeats) heartbeat.stop();
    await opened.stores.replies.close();
    for (const connection of [opened.producer, opened.consumer, opened.subscriber]) connection.disconnectAll();
  }

  private use(): OpenedRedis {
    if (!this.#opened) throw new QueueUnavailableError('The queue is not open yet', 'not-sent');
    return this.#opened;
  }
}

function priorityOf(score: string): number {
  return Math.floor(Number(score) / SCORES_OF_A_PRIORITY);
}

function heartbeatsOf({ producer, consumer, subscriber }: RedisConnections, channel: string): Heartbeat[] {
  // Joined already, it is only answered. A cluster's connection for that has no limit of its own.
  const giveUp = () => {
    if (subscriber.isCluster && subscriber.status === 'ready') subscriber.disconnect(true);
  };
  return [
    new Heartbeat(producer, () => producer.ping()),
    new Heartbeat(consumer, () => consumer.ping()),
    new Heartbeat(subscriber, () => subscriber.subscribe(channel), giveUp),
  ];
}
