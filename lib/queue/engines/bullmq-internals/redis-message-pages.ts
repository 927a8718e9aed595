import type { QueuedMessageState } from '../../queued-message.interface.js';
import type { StoredJob } from '../../queued-message.mapper.js';
import type { MessagePage, MessagePages, PagePlace, PageRequest } from '../message-pages.js';
import { keyIn, type RedisQueue } from './redis.js';

/** Number of IDs that a position contains, in case the nearest messages leave the list. */
const MAX_IDS = 100;

/** A key of BullMQ that contains jobs. In lists the next job is the last element. */
interface JobCollection {
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

/** A job's ID, and its score in a set or its position in a list. */
interface Member {
  id: string;
  score: string;
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

/** Lists the messages of queues on Redis. */
export class RedisMessagePages implements MessagePages {
  readonly #redis: Omit<RedisQueue, 'name'>;

  constructor(redis: Omit<RedisQueue, 'name'>) {
    this.#redis = redis;
  }

  async page(name: string, { state, limit, after }: PageRequest): Promise<MessagePage> {
    const queue = { ...this.#redis, name };
    const members: (Member & { collection: number })[] = [];
    const first = Number(after?.order[0] ?? 0);
    for (const [index, collection] of JOB_COLLECTIONS[state].entries()) {
      if (index < first || members.length === limit) continue;
      const read = collection.form === 'set' ? pageOfSet : pageOfList;
      const found = await read(queue, collection, limit - members.length, index === first ? after : undefined);
      members.push(...found.map((member) => ({ ...member, collection: index })));
    }
    const last = members.at(-1);
    const ids = [...(after?.ids ?? []), ...members.map(({ id }) => id)].slice(-MAX_IDS);
    return {
      jobs: (await Promise.all(members.map(({ id }) => readJob(queue, id)))).filter((job) => job !== undefined),
      end: last && { ids, order: [String(last.collection), last.score] },
    };
  }

  async placeOf(name: string, state: QueuedMessageState, id: string): Promise<PagePlace | undefined> {
    const queue = { ...this.#redis, name };
    for (const [index, collection] of JOB_COLLECTIONS[state].entries()) {
      const score = await scoreIn(queue, collection, id);
      if (score !== undefined) return { ids: [id], order: [String(index), score] };
    }
    return undefined;
  }
}

/**
 * Returns the next members of a list. The score of a member is its position, counted from where reading started, or 0
 * if that is unknown.
 */
async function pageOfList(
  queue: RedisQueue,
  { key, reversed }: JobCollection,
  limit: number,
  after?: PagePlace,
): Promise<Member[]> {
  const read = Number(after?.order[1] ?? 0);
  const values = [limit, reversed ? 1 : 0, read, ...(after?.ids ?? [])];
  const response = await queue.client.eval(PAGE_OF_LIST, 1, keyIn(queue, key), ...values);
  const [found, ids]: unknown[] = Array.isArray(response) ? response : [];
  const isFound = found === 1;
  const before = after && !isFound ? 0 : read;
  // If reading started in the middle, at an ID, the position stays unknown.
  const isCounted = !after || read > 0 || !isFound;
  const members: unknown[] = Array.isArray(ids) ? ids : [];
  return members.map((id, index) => ({ id: String(id), score: isCounted ? String(before + index + 1) : '0' }));
}

/** Returns the next members of a set. Redis orders members with the same score by their names. */
async function pageOfSet(
  queue: RedisQueue,
  { key, reversed }: JobCollection,
  limit: number,
  after?: PagePlace,
): Promise<Member[]> {
  const { client } = queue;
  const name = keyIn(queue, key);
  const score = after?.order[1];
  const last = after?.ids.at(-1) ?? '';
  const isBeyond = (member: Member) => member.score !== score || (reversed ? member.id < last : member.id > last);
  for (let skipped = 0; ; skipped += limit) {
    const flat = reversed
      ? await client.zrevrangebyscore(name, score ?? '+inf', '-inf', 'WITHSCORES', 'LIMIT', skipped, limit)
      : await client.zrangebyscore(name, score ?? '-inf', '+inf', 'WITHSCORES', 'LIMIT', skipped, limit);
    const members = flat.flatMap((id, index) => (index % 2 === 0 ? [{ id, score: flat[index + 1] ?? '' }] : []));
    const beyond = members.filter(isBeyond);
    if (beyond.length > 0 || members.length < limit) return beyond;
  }
}

/** Returns a job's score in a collection, 0 in a list, or undefined if it is not in it. */
async function scoreIn(queue: RedisQueue, { key, form }: JobCollection, id: string): Promise<string | undefined> {
  const name = keyIn(queue, key);
  if (form === 'set') return (await queue.client.zscore(name, id)) ?? undefined;
  return (await queue.client.lpos(name, id)) === null ? undefined : '0';
}

/** Reads a job. Returns undefined if it does not exist, and a job without data if its key has another type. */
async function readJob(queue: RedisQueue, id: string): Promise<StoredJob | undefined> {
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
