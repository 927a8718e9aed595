import type { QueuedMessageState } from '../../queued-message.interface.js';
import type { StoredJob } from '../../queued-message.mapper.js';
import { keyIn, type RedisQueue } from './redis.js';

/** A key of BullMQ that contains jobs. In lists the next job is the last element. */
export interface JobCollection {
  key: string;
  form: 'list' | 'set';
  /** Whether it is read from the end. */
  reversed: boolean;
}

/** The collections of each state, in the order in which they are listed. Held messages are in another queue. */
export const JOB_COLLECTIONS: Readonly<Record<QueuedMessageState, readonly JobCollection[]>> = {
  waiting: [
    { key: 'wait', form: 'list', reversed: true },
    { key: 'prioritized', form: 'set', reversed: false },
  ],
  delayed: [{ key: 'delayed', form: 'set', reversed: false }],
  active: [{ key: 'active', form: 'list', reversed: true }],
  sent: [{ key: 'completed', form: 'set', reversed: true }],
  failed: [{ key: 'failed', form: 'set', reversed: true }],
  held: [{ key: 'wait', form: 'list', reversed: false }],
};

/** The fields of a job's hash that are read. */
export const LISTED_FIELDS = ['data', 'returnvalue', 'failedReason', 'atm', 'timestamp'] as const;

/** A job's ID, and its score in a set. */
export interface Member {
  id: string;
  score: string;
}

/** Where to continue reading a list. */
export interface ListPlace {
  /** Number of elements read before. 0 if unknown. */
  read: number;
  /** The last IDs that were read, the nearest last. */
  ids: readonly string[];
}

// In: KEYS the list; ARGV the limit, 1 if it is read from the end, how many were read (0 if unknown), the last IDs that
// were read, the nearest last. Out: 1 if one of them was found, else 0; the IDs after it. An element that was read from
// the end can only have moved closer to it.
const PAGE_OF_LIST = `
local limit, reversed = tonumber(ARGV[1]), ARGV[2] == '1'
local last
for i = #ARGV, 4, -1 do
  if reversed then last = redis.call('LPOS', KEYS[1], ARGV[i], 'RANK', -1, 'MAXLEN', ARGV[3])
  else last = redis.call('LPOS', KEYS[1], ARGV[i]) end
  if last then break end
end
local found = last and 1 or 0
if not reversed then
  local first = last and last + 1 or 0
  return { found, redis.call('LRANGE', KEYS[1], first, first + limit - 1) }
end
local stop = (last or redis.call('LLEN', KEYS[1])) - 1
if stop < 0 then return { found, {} } end
local ids = redis.call('LRANGE', KEYS[1], math.max(0, stop - limit + 1), stop)
local result = {}
for i = #ids, 1, -1 do result[#result + 1] = ids[i] end
return { found, result }`;

/** Returns the next IDs of a list, and whether one of those read before is still in it. */
export async function readList(
  queue: RedisQueue,
  { key, reversed }: JobCollection,
  { read, ids }: ListPlace,
  limit: number,
): Promise<{ found: boolean; ids: string[] }> {
  const values = [limit, reversed ? 1 : 0, read, ...ids];
  const [found, next] = listOf(await queue.client.eval(PAGE_OF_LIST, 1, keyIn(queue, key), ...values));
  return { found: found === 1, ids: listOf(next).map(String) };
}

/** Returns members of a set, starting with a score. An empty score starts at the beginning. */
export async function readSet(
  queue: RedisQueue,
  collection: JobCollection,
  from: string,
  skip: number,
  limit: number,
): Promise<Member[]> {
  const key = keyIn(queue, collection.key);
  const flat = collection.reversed
    ? await queue.client.zrevrangebyscore(key, from || '+inf', '-inf', 'WITHSCORES', 'LIMIT', skip, limit)
    : await queue.client.zrangebyscore(key, from || '-inf', '+inf', 'WITHSCORES', 'LIMIT', skip, limit);
  const members: Member[] = [];
  for (let index = 0; index < flat.length; index += 2) {
    members.push({ id: flat[index] ?? '', score: flat[index + 1] ?? '' });
  }
  return members;
}

/** Returns a job's score in a collection, 0 in a list, or undefined if it is not in it. */
export async function scoreIn(
  queue: RedisQueue,
  { key, form }: JobCollection,
  id: string,
): Promise<string | undefined> {
  const name = keyIn(queue, key);
  if (form === 'set') return (await queue.client.zscore(name, id)) ?? undefined;
  return (await queue.client.lpos(name, id)) === null ? undefined : '0';
}

/** Reads a job. Returns undefined if it does not exist, and a job without data if its key has another type. */
export async function readJob(queue: RedisQueue, id: string): Promise<StoredJob | undefined> {
  const values = await queue.client.hmget(keyIn(queue, id), ...LISTED_FIELDS).catch(undefinedIfNoHash);
  if (!values) return { id, data: undefined, attemptsMade: 0, timestamp: 0 };
  const [data, returnvalue, failedReason, attemptsMade, timestamp] = values;
  if (typeof data !== 'string') return undefined;
  return {
    id,
    data: parsed(data),
    returnvalue: parsed(returnvalue),
    failedReason: failedReason ?? undefined,
    attemptsMade: Number(attemptsMade ?? 0),
    timestamp: Number(timestamp ?? 0),
  };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function undefinedIfNoHash(error: unknown): undefined {
  if (!(error instanceof Error) || !error.message.startsWith('WRONGTYPE')) throw error;
}

function parsed(json: string | null | undefined): unknown {
  if (typeof json !== 'string') return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
