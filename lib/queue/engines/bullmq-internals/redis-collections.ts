import type { QueuedMessageState } from '../../queued-message.interface.js';
import type { StoredJob } from '../../queued-message.mapper.js';
import { keyIn, type RedisQueue } from './redis.js';

/** One of BullMQ's keys in which jobs stand. Of its lists the next to be worked on is the last. */
export interface JobCollection {
  key: string;
  form: 'list' | 'set';
  /** Whether it is read from its end. */
  reversed: boolean;
}

/** Where the messages of a state are, in the order in which they are listed; held ones are in a queue of their own. */
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

/** The fields of a job's hash that are listed. */
export const LISTED_FIELDS = ['data', 'returnvalue', 'failedReason', 'atm', 'timestamp'] as const;

/** A job's id, and the score by which a set orders it. */
export interface Member {
  id: string;
  score: string;
}

/** Where to read on in a list. */
export interface ListPlace {
  /** How many were read before; 0 where that is unknown. */
  read: number;
  /** The last that were read, the nearest last. */
  ids: readonly string[];
}

// In: KEYS the list; ARGV how many, 1 where it is read from its end, how many were read (0 where unknown), the last ids
// that were read, the nearest last. Out: 1 where one of them was found, or 0; the ids behind it. What was read from the
// end can only have come nearer to it.
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
local turned = {}
for i = #ids, 1, -1 do turned[#turned + 1] = ids[i] end
return { found, turned }`;

/** The ids of a list behind those that were read, and whether one of these is still there. */
export async function readList(
  queue: RedisQueue,
  { key, reversed }: JobCollection,
  { read, ids }: ListPlace,
  limit: number,
): Promise<{ found: boolean; ids: string[] }> {
  const values = [limit, reversed ? 1 : 0, read, ...ids];
  const [found, behind] = listOf(await queue.client.eval(PAGE_OF_LIST, 1, keyIn(queue, key), ...values));
  return { found: found === 1, ids: listOf(behind).map(String) };
}

/** Members of a set from a score on, that included; from the beginning where the score is empty. */
export async function readSet(
  queue: RedisQueue,
  shelf: JobCollection,
  from: string,
  skip: number,
  limit: number,
): Promise<Member[]> {
  const key = keyIn(queue, shelf.key);
  const flat = shelf.reversed
    ? await queue.client.zrevrangebyscore(key, from || '+inf', '-inf', 'WITHSCORES', 'LIMIT', skip, limit)
    : await queue.client.zrangebyscore(key, from || '-inf', '+inf', 'WITHSCORES', 'LIMIT', skip, limit);
  const members: Member[] = [];
  for (let index = 0; index < flat.length; index += 2) {
    members.push({ id: flat[index] ?? '', score: flat[index + 1] ?? '' });
  }
  return members;
}

/** The score of a job in one of these keys, in a list 0; undefined where it does not stand there. */
export async function scoreIn(
  queue: RedisQueue,
  { key, form }: JobCollection,
  id: string,
): Promise<string | undefined> {
  const name = keyIn(queue, key);
  if (form === 'set') return (await queue.client.zscore(name, id)) ?? undefined;
  // How many come before it in the order of reading is not asked for.
  return (await queue.client.lpos(name, id)) === null ? undefined : '0';
}

/** A job, where it is still there; one without data where something else stands under its key. */
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
