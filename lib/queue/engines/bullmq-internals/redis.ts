import { RedisScript } from '../../stores/redis/redis-script.js';
import type { OrderRange, ProgressWrite } from '../queue-engine.js';
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

/** Writes the progress of each job whose lock has this token. Returns for each whether it was written. */
export async function writeProgress(
  client: RedisConnection,
  prefix: string,
  writes: readonly ProgressWrite[],
): Promise<boolean[]> {
  const keys = writes.map(({ queue, jobId }) => keyIn({ prefix, name: queue }, jobId));
  const values = writes.flatMap(({ lockToken, progress }) => [lockToken, JSON.stringify(progress)]);
  const written = await WRITE_PROGRESS.run(client, keys, values);
  return writes.map((_, index) => Array.isArray(written) && written[index] === 1);
}

/** Removes a job if no worker has fetched it. Returns whether it was removed. */
export async function removeWaitingJob(queue: RedisQueue, jobId: string): Promise<boolean> {
  const waiting = [...WAITING_KEYS.lists, ...WAITING_KEYS.sets];
  const keys = [jobId, ...waiting].map((key) => keyIn(queue, key));
  return (await queue.client.eval(REMOVE_WAITING, keys.length, ...keys, jobId)) !== 0;
}

/** Returns the range of priorities of waiting jobs, from 1 to `lowest`, or undefined if none waits. */
export async function orderRange(queue: RedisQueue, lowest: number): Promise<OrderRange | undefined> {
  const key = keyIn(queue, 'prioritized');
  const below = `(${(lowest + 1) * SCORES_OF_A_PRIORITY}`;
  const [[, first], [, last]] = await Promise.all([
    queue.client.zrangebyscore(key, '-inf', below, 'WITHSCORES', 'LIMIT', 0, 1),
    queue.client.zrevrangebyscore(key, below, '-inf', 'WITHSCORES', 'LIMIT', 0, 1),
  ]);
  return first === undefined || last === undefined ? undefined : { first: priorityOf(first), last: priorityOf(last) };
}

/**
 * Replaces a job's progress if it has the expected one and was fetched `attemptsStarted` times. Returns whether it did.
 */
export async function replaceProgress(
  queue: RedisQueue,
  jobId: string,
  { attemptsStarted, from, to }: { attemptsStarted: number; from: unknown; to: unknown },
): Promise<boolean> {
  const values = [attemptsStarted, JSON.stringify(from), JSON.stringify(to)];
  return (await queue.client.eval(REPLACE_PROGRESS, 1, keyIn(queue, jobId), ...values)) === 1;
}

/** Removes a job if it has failed and that call enqueued it. Returns whether it was removed. */
export async function removeFailed(queue: RedisQueue, jobId: string, call: string): Promise<boolean> {
  const otherKeys = JOB_KEY_SUFFIXES.map((suffix) => keyIn(queue, `${jobId}${suffix}`));
  const keys = [keyIn(queue, 'failed'), keyIn(queue, jobId), ...otherKeys];
  return (await queue.client.eval(REMOVE_FAILED, keys.length, ...keys, jobId, call)) === 1;
}

/** Returns the ID of a queue's last event. */
export async function lastEventId(queue: RedisQueue): Promise<string> {
  const [last] = await queue.client.xrevrange(keyIn(queue, 'events'), '+', '-', 'COUNT', 1);
  return last?.[0] ?? '0-0';
}

function priorityOf(score: string): number {
  return Math.floor(Number(score) / SCORES_OF_A_PRIORITY);
}
