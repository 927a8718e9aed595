import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { SharedStores } from '../../delivery/shared-stores.js';
import { QueueUnavailableError } from '../queue.errors.js';
import type { QueuedJob, QueuedJobEnd } from '../queued-message.interface.js';
import {
  RedisIdempotencyStore,
  RedisPacingStore,
  RedisRepeatStore,
  RedisReplyExchange,
  RedisSentMessageStore,
} from '../stores/index.js';
import { RedisScript } from '../stores/redis/redis-script.js';
import {
  type EngineEvents,
  type EngineQueue,
  type MessageProcessor,
  type MessageWorker,
  type ProgressWrite,
  QueueEngine,
  workerOptions,
} from './queue-engine.js';

// KEYS: the jobs. ARGV, for each job: the lock's token, the progress.
const WRITE_PROGRESS = new RedisScript(
  'queue.write-progress',
  `
local written = {}
for i = 1, #KEYS do
  local is_own = redis.call('GET', KEYS[i] .. ':lock') == ARGV[2 * i - 1]
  if is_own then redis.call('HSET', KEYS[i], 'progress', ARGV[2 * i]) end
  written[#written + 1] = is_own and 1 or 0
end
return written`,
);

// KEYS: the job, and the sets and lists of what waits. ARGV: the job's id.
const TAKE_BACK = `
local taken = redis.call('LREM', KEYS[2], 1, ARGV[1]) + redis.call('LREM', KEYS[3], 1, ARGV[1])
  + redis.call('ZREM', KEYS[4], ARGV[1]) + redis.call('ZREM', KEYS[5], ARGV[1])
if taken > 0 then redis.call('DEL', KEYS[1], KEYS[1] .. ':logs') end
return taken`;

const PREFIX = 'bull';

/** How a client behaves while Redis is away. */
interface Resilience {
  enableOfflineQueue?: boolean;
  maxRetriesPerRequest: number | null;
  commandTimeout?: number;
}

/** BullMQ on Redis. */
export class RedisEngine extends QueueEngine {
  // Redis does nothing else during it: with 100, which take it several milliseconds, workers went short of answers.
  override readonly bulk = { least: 2, most: 20 };
  private readonly producer: Client;
  private readonly consumer: Client;
  private readonly subscriber: Client;
  private openedStores: RedisStores | undefined;

  constructor(
    connection: RedisOptions | string,
    /** Begins the names of the stores' keys. */
    private readonly name: string,
    commandTimeoutMs: number,
    private readonly warn: (line: string) => void,
  ) {
    // Jobs come in together, and the progress of each is written at once.
    super({ schedule: process.nextTick });
    // Fails at once when Redis is down; BullMQ alone would wait for ever.
    this.producer = create(connection, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: commandTimeoutMs,
    });
    this.consumer = create(connection, { maxRetriesPerRequest: null });
    this.subscriber = create(connection, { maxRetriesPerRequest: null });
    // Connections that are lost are made again; BullMQ and ioredis both tell of it here.
    for (const client of this.clients) client.on('error', () => undefined);
  }

  override async open(): Promise<void> {
    try {
      await Promise.all(this.clients.map((client) => client.connect()));
    } catch {
      await this.close();
      throw new QueueUnavailableError('Redis cannot be reached', 'not-sent');
    }
    this.openedStores = new RedisStores(this.producer, this.subscriber, this.name);
    await this.warnOfLoss();
  }

  override get stores(): SharedStores {
    if (!this.openedStores) throw new QueueUnavailableError('The queue is not open yet', 'not-sent');
    return this.openedStores;
  }

  override queue<Data>(name: string): EngineQueue<Data> {
    const queue = new Queue<Data, QueuedJobEnd, string, Data, QueuedJobEnd, string>(name, {
      connection: this.producer,
      prefix: PREFIX,
      skipWaitingForReady: true,
    });
    queue.on('error', () => undefined);
    return queue;
  }

  override worker(name: string, processor: MessageProcessor, concurrency: number): MessageWorker {
    return new Worker<QueuedJob, QueuedJobEnd>(name, processor, {
      connection: this.consumer,
      prefix: PREFIX,
      ...workerOptions(concurrency),
    });
  }

  override async listen(queue: string): Promise<EngineEvents> {
    // The streams' ids are the server's clock: nothing is missed between now and the first read.
    const [seconds, microseconds] = await this.producer.time();
    const lastEventId = `${Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000)}-0`;
    const events = new QueueEvents(queue, {
      connection: this.subscriber,
      prefix: PREFIX,
      autorun: false,
      lastEventId,
    });
    events.on('error', () => undefined);
    return events;
  }

  protected override async writeAll(writes: readonly ProgressWrite[]): Promise<boolean[]> {
    const keys = writes.map(({ queue, jobId }) => `${PREFIX}:${queue}:${jobId}`);
    const values = writes.flatMap(({ lockToken, progress }) => [lockToken, JSON.stringify(progress)]);
    const written = await WRITE_PROGRESS.run(this.consumer, keys, values);
    return writes.map((_, index) => Array.isArray(written) && written[index] === 1);
  }

  override async takeBack(queue: string, jobId: string): Promise<boolean> {
    const waiting = ['wait', 'paused', 'delayed', 'prioritized'].map((state) => `${PREFIX}:${queue}:${state}`);
    const taken = await this.producer.eval(TAKE_BACK, 5, `${PREFIX}:${queue}:${jobId}`, ...waiting, jobId);
    return taken !== 0;
  }

  // What expires in Redis goes by itself.
  override async sweepStores(): Promise<void> {}

  override async close(): Promise<void> {
    await this.openedStores?.replies.close();
    for (const client of this.clients) client.disconnectAll();
  }

  private get clients(): Client[] {
    return [this.producer, this.consumer, this.subscriber];
  }

  private async warnOfLoss(): Promise<void> {
    try {
      const answer = await this.producer.config('GET', 'appendonly');
      if (Array.isArray(answer) && answer[1] === 'no') {
        this.warn('Redis runs without appendonly: when it restarts, queued messages are lost.');
      }
    } catch {
      // Some hosts do not let anybody ask.
    }
  }
}

class RedisStores extends SharedStores {
  readonly idempotency: RedisIdempotencyStore;
  readonly pacing: RedisPacingStore;
  readonly sentMessages: RedisSentMessageStore;
  readonly repeats: RedisRepeatStore;
  readonly replies: RedisReplyExchange;

  constructor(client: Redis, subscriber: Redis, name: string) {
    super();
    this.idempotency = new RedisIdempotencyStore(client, name);
    this.pacing = new RedisPacingStore(client, name);
    this.sentMessages = new RedisSentMessageStore(client, name);
    this.repeats = new RedisRepeatStore(client, name);
    this.replies = new RedisReplyExchange(client, subscriber, name);
  }
}

/** A client that ends together with those that BullMQ makes of it: it does not end them all where Redis is away. */
class Client extends Redis {
  private readonly copies: Redis[] = [];

  override duplicate(override?: Partial<RedisOptions>): Redis {
    const copy = super.duplicate(override);
    this.copies.push(copy);
    return copy;
  }

  disconnectAll(): void {
    for (const client of [this, ...this.copies]) client.disconnect();
  }
}

function create(connection: RedisOptions | string, resilience: Resilience): Client {
  const options = {
    ...resilience,
    lazyConnect: true,
    retryStrategy: (times: number) => Math.min(times * 100, 1_000),
  };
  if (typeof connection === 'string') return new Client(connection, options);
  const { replyMapping: _, ...given } = connection;
  return new Client({ ...given, ...options });
}
