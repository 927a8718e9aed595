import { RedisScript } from '../../stores/redis/redis-script.js';
import {
  type EngineJobs,
  type EngineQueue,
  type Forgotten,
  NOT_STARTED,
  type OrderRange,
  type ProgressWrite,
  REQUEST_STARTED,
} from '../queue-engine.js';
import type { RedisConnection } from '../redis-clients.js';

/** One of BullMQ's queues on Redis. */
export interface RedisQueue {
  client: RedisConnection;
  /** The prefix of BullMQ's keys. */
  prefix: string;
  name: string;
}

/** The keys of jobs that no worker has fetched. Older BullMQ versions used `paused`, which it empties at resume. */
export const WAITING_KEYS = { lists: ['wait', 'paused'], sets: ['delayed', 'prioritized'] } as const;
/** The suffixes of keys that BullMQ stores with a job. */
export const JOB_KEY_SUFFIXES = [':logs', ':dependencies', ':processed', ':failed', ':unsuccessful'];
/** A score of `prioritized` is the priority times this, plus the order within the priority. */
export const SCORES_OF_A_PRIORITY = 2 ** 32;

/** Returns a key of a queue: a job's ID, or one of BullMQ's own, such as `wait`. */
export function keyIn({ prefix, name }: Omit<RedisQueue, 'client'>, key: string): string {
  return `${prefix}:${name}:${key}`;
}

// In: KEYS the jobs; ARGV for each job its lock's token and its progress. Out: for each job 1 if it was written, else 0.
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

// In: KEYS the job, two lists and two sets of waiting jobs; ARGV the job's ID. Out: from how many it was removed.
const REMOVE_WAITING = `
local removed = redis.call('LREM', KEYS[2], 1, ARGV[1]) + redis.call('LREM', KEYS[3], 1, ARGV[1])
  + redis.call('ZREM', KEYS[4], ARGV[1]) + redis.call('ZREM', KEYS[5], ARGV[1])
if removed > 0 then redis.call('DEL', KEYS[1], KEYS[1] .. ':logs') end
return removed`;

// In: KEYS the job; ARGV how often it was fetched, its progress, the new one. Out: 1 if it was written, else 0.
const REPLACE_PROGRESS = `
local job = redis.call('HMGET', KEYS[1], 'ats', 'progress')
if job[1] ~= ARGV[1] or job[2] ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'progress', ARGV[3])
return 1`;

// In: KEYS the failed jobs, the job, its other keys; ARGV the job's ID, the call. Out: 1 if it was removed, else 0.
const REMOVE_FAILED = `
local data = redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('HGET', KEYS[2], 'data')
local once = data and cjson.decode(data).once
if not once or once.call ~= ARGV[2] then return 0 end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('DEL', unpack(KEYS, 2))
return 1`;

/** BullMQ's jobs on Redis. */
export class RedisJobs implements EngineJobs {
  readonly #producer: RedisConnection;
  readonly #consumer: RedisConnection;

  constructor(
    { producer, consumer }: Record<'producer' | 'consumer', RedisConnection>,
    private readonly prefix: string,
  ) {
    this.#producer = producer;
    this.#consumer = consumer;
  }

  async writeProgress(writes: readonly ProgressWrite[]): Promise<boolean[]> {
    const keys = writes.map(({ queue, jobId }) => this.keyIn(queue, jobId));
    const values = writes.flatMap(({ lockToken, progress }) => [lockToken, JSON.stringify(progress)]);
    const written = await WRITE_PROGRESS.run(this.#consumer, keys, values);
    return writes.map((_, index) => Array.isArray(written) && written[index] === 1);
  }

  async unmark(queue: string, jobId: string, attemptsStarted: number): Promise<boolean> {
    const values = [attemptsStarted, JSON.stringify(REQUEST_STARTED), JSON.stringify(NOT_STARTED)];
    return (await this.#consumer.eval(REPLACE_PROGRESS, 1, this.keyIn(queue, jobId), ...values)) === 1;
  }

  async removeWaiting(queue: string, jobId: string): Promise<boolean> {
    const keys = [jobId, ...WAITING_KEYS.lists, ...WAITING_KEYS.sets].map((key) => this.keyIn(queue, key));
    return (await this.#producer.eval(REMOVE_WAITING, keys.length, ...keys, jobId)) !== 0;
  }

  async orderRange(queue: string, lowest: number): Promise<OrderRange | undefined> {
    const key = this.keyIn(queue, 'prioritized');
    const below = `(${(lowest + 1) * SCORES_OF_A_PRIORITY}`;
    const [[, first], [, last]] = await Promise.all([
      this.#producer.zrangebyscore(key, '-inf', below, 'WITHSCORES', 'LIMIT', 0, 1),
      this.#producer.zrevrangebyscore(key, below, '-inf', 'WITHSCORES', 'LIMIT', 0, 1),
    ]);
    return first === undefined || last === undefined ? undefined : { first: priorityOf(first), last: priorityOf(last) };
  }

  async removeFailed(queue: string, jobId: string, call: string): Promise<boolean> {
    const jobKeys = ['', ...JOB_KEY_SUFFIXES].map((suffix) => this.keyIn(queue, `${jobId}${suffix}`));
    const keys = [this.keyIn(queue, 'failed'), ...jobKeys];
    return (await this.#producer.eval(REMOVE_FAILED, keys.length, ...keys, jobId, call)) === 1;
  }

  async forget(jobs: Pick<EngineQueue<unknown>, 'clean'>, { keepMs, most, state }: Forgotten): Promise<number> {
    return (await jobs.clean(keepMs, most, state)).length;
  }

  async lastEventId(queue: string): Promise<string> {
    const [last] = await this.#producer.xrevrange(this.keyIn(queue, 'events'), '+', '-', 'COUNT', 1);
    return last?.[0] ?? '0-0';
  }

  private keyIn(queue: string, key: string): string {
    return keyIn({ prefix: this.prefix, name: queue }, key);
  }
}

function priorityOf(score: string): number {
  return Math.floor(Number(score) / SCORES_OF_A_PRIORITY);
}
