import { RedisScript } from '../../stores/redis/redis-script.js';
import type { OrderRange, ProgressWrite } from '../queue-engine.js';
import type { RedisConnection } from '../redis-clients.js';

/** One of BullMQ's queues on Redis. */
export interface RedisQueue {
  client: RedisConnection;
  /** Begins the names of BullMQ's keys. */
  prefix: string;
  name: string;
}

/** Where jobs stand that no worker has taken up. BullMQ has kept them in `paused` before, and empties it at resume. */
export const WAITING_KEYS = { lists: ['wait', 'paused'], sets: ['delayed', 'prioritized'] } as const;
/** What the keys end in that BullMQ keeps beside a job, as long as the job. */
export const BESIDE_A_JOB = [':logs', ':dependencies', ':processed', ':failed', ':unsuccessful'];
/** Scores of `prioritized` are a priority, and below it the order within the priority. */
export const SCORES_OF_A_PRIORITY = 2 ** 32;

/** A key of a queue: a job's under its id, or one of BullMQ's own, as `wait`. */
export function keyIn({ prefix, name }: Omit<RedisQueue, 'client'>, key: string): string {
  return `${prefix}:${name}:${key}`;
}

// In: KEYS the jobs; ARGV for each job its lock's token and its progress. Out: for each job 1 where it was written, or 0.
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

// In: KEYS the job, two lists and two sets of what waits; ARGV the job's id. Out: from how many of them it was taken.
const REMOVE_WAITING = `
local taken = redis.call('LREM', KEYS[2], 1, ARGV[1]) + redis.call('LREM', KEYS[3], 1, ARGV[1])
  + redis.call('ZREM', KEYS[4], ARGV[1]) + redis.call('ZREM', KEYS[5], ARGV[1])
if taken > 0 then redis.call('DEL', KEYS[1], KEYS[1] .. ':logs') end
return taken`;

// In: KEYS the job; ARGV how often it had been taken up, its progress, the new one. Out: 1 where it was written, or 0.
const REPLACE_PROGRESS = `
local job = redis.call('HMGET', KEYS[1], 'ats', 'progress')
if job[1] ~= ARGV[1] or job[2] ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'progress', ARGV[3])
return 1`;

// In: KEYS what failed, the job, what is beside it; ARGV the job's id, the call. Out: 1 where it was removed, or 0.
const REMOVE_FAILED = `
local data = redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('HGET', KEYS[2], 'data')
local once = data and cjson.decode(data).once
if not once or once.call ~= ARGV[2] then return 0 end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('DEL', unpack(KEYS, 2))
return 1`;

/** Writes the progress of each job whose lock has this token, and says for each whether it was. */
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

/** Removes a job if no worker has taken it up, and says whether it did. */
export async function removeWaitingJob(queue: RedisQueue, jobId: string): Promise<boolean> {
  const waiting = [...WAITING_KEYS.lists, ...WAITING_KEYS.sets];
  const keys = [jobId, ...waiting].map((key) => keyIn(queue, key));
  return (await queue.client.eval(REMOVE_WAITING, keys.length, ...keys, jobId)) !== 0;
}

/** The priorities of what waits, from 1 to `lowest`; undefined where none of it waits. */
export async function orderRange(queue: RedisQueue, lowest: number): Promise<OrderRange | undefined> {
  const key = keyIn(queue, 'prioritized');
  const below = `(${(lowest + 1) * SCORES_OF_A_PRIORITY}`;
  const [[, first], [, last]] = await Promise.all([
    queue.client.zrangebyscore(key, '-inf', below, 'WITHSCORES', 'LIMIT', 0, 1),
    queue.client.zrevrangebyscore(key, below, '-inf', 'WITHSCORES', 'LIMIT', 0, 1),
  ]);
  return first === undefined || last === undefined ? undefined : { first: priorityOf(first), last: priorityOf(last) };
}

/** Puts one progress in place of another, if the job was taken up so many times and has that one; says whether it did. */
export async function replaceProgress(
  queue: RedisQueue,
  jobId: string,
  { attemptsStarted, from, to }: { attemptsStarted: number; from: unknown; to: unknown },
): Promise<boolean> {
  const values = [attemptsStarted, JSON.stringify(from), JSON.stringify(to)];
  return (await queue.client.eval(REPLACE_PROGRESS, 1, keyIn(queue, jobId), ...values)) === 1;
}

/** Removes a job if it has failed and was enqueued by that call, and says whether it was. */
export async function removeFailed(queue: RedisQueue, jobId: string, call: string): Promise<boolean> {
  const beside = BESIDE_A_JOB.map((suffix) => keyIn(queue, `${jobId}${suffix}`));
  const keys = [keyIn(queue, 'failed'), keyIn(queue, jobId), ...beside];
  return (await queue.client.eval(REMOVE_FAILED, keys.length, ...keys, jobId, call)) === 1;
}

/** The last of a queue's events. */
export async function lastEventId(queue: RedisQueue): Promise<string> {
  const [last] = await queue.client.xrevrange(keyIn(queue, 'events'), '+', '-', 'COUNT', 1);
  return last?.[0] ?? '0-0';
}

function priorityOf(score: string): number {
  return Math.floor(Number(score) / SCORES_OF_A_PRIORITY);
}
