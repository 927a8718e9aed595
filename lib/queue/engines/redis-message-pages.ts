import type { QueuedMessageState } from '../queued-message.interface.js';
import type { StoredJob } from '../queued-message.reader.js';
import type { MessagePage, MessagePages, PagePlace, PageRequest } from './message-pages.js';
import type { RedisConnection } from './redis-clients.js';

/** One of BullMQ's keys in which jobs stand. Of its lists the next to be worked on is the last. */
interface Shelf {
  key: string;
  form: 'list' | 'set';
  reversed: boolean;
}

const SHELVES: Readonly<Record<QueuedMessageState, readonly Shelf[]>> = {
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

/** A message's id, and the score by which a set orders it. */
interface Member {
  id: string;
  score: string;
}

// KEYS: the list. ARGV: how many, 1 where it is read from its end, how many were read (0 where unknown), the last ids
// that were read, the nearest last. What was read from the end can only have come nearer to it.
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

/** So many ids are remembered, for the case that the nearest have left. */
const MOST_IDS = 100;

/** The messages of a queue on Redis. */
export class RedisMessagePages implements MessagePages {
  readonly #client: RedisConnection;
  constructor(
    client: RedisConnection,
    private readonly prefix: string,
    private readonly name: string,
  ) {
    this.#client = client;
  }

  async page({ state, limit, after }: PageRequest): Promise<MessagePage> {
    const shelves = SHELVES[state];
    const members: (Member & { shelf: number })[] = [];
    const first = Number(after?.order[0] ?? 0);
    for (const [index, shelf] of shelves.entries()) {
      if (index < first || members.length === limit) continue;
      const found = await this.read(state, shelf, limit - members.length, index === first ? after : undefined);
      members.push(...found.map((member) => ({ ...member, shelf: index })));
    }
    const last = members.at(-1);
    const ids = [...(after?.ids ?? []), ...members.map(({ id }) => id)].slice(-MOST_IDS);
    return {
      jobs: (await Promise.all(members.map(({ id }) => this.jobOf(state, id)))).filter((job) => job !== undefined),
      end: last && { ids, order: [String(last.shelf), last.score] },
    };
  }

  async placeOf(state: QueuedMessageState, id: string): Promise<PagePlace | undefined> {
    for (const [index, shelf] of SHELVES[state].entries()) {
      const key = this.keyOf(state, shelf.key);
      const found =
        shelf.form === 'set' ? await this.#client.zscore(key, id) : await this.#client.lpos(key, id).then(textOrNull);
      if (found !== null) return { ids: [id], order: [String(index), found] };
    }
    return undefined;
  }

  private async read(state: QueuedMessageState, shelf: Shelf, limit: number, after?: PagePlace): Promise<Member[]> {
    const key = this.keyOf(state, shelf.key);
    if (shelf.form === 'set') return this.readSet(key, shelf.reversed, limit, after);
    // The score of a list's member is how many were read with it.
    const read = Number(after?.order[1] ?? 0);
    const values = [limit, shelf.reversed ? 1 : 0, read, ...(after?.ids ?? [])];
    const [found, ids] = listOf(await this.#client.eval(PAGE_OF_LIST, 1, key, ...values));
    const before = after && found !== 1 ? 0 : read;
    // Where it began in the middle, by an id, the number stays unknown.
    const isCounted = !after || read > 0 || found !== 1;
    return listOf(ids).map((id, index) => ({ id: String(id), score: isCounted ? String(before + index + 1) : '0' }));
  }

  /** Of the same score, a set is ordered by the members. */
  private async readSet(key: string, reversed: boolean, limit: number, after?: PagePlace): Promise<Member[]> {
    const score = after?.order[1] ?? '';
    const last = after?.ids.at(-1) ?? '';
    const isBeyond = (member: Member) => member.score !== score || (reversed ? member.id < last : member.id > last);
    for (let skipped = 0; ; skipped += limit) {
      const members = await this.membersOf(key, reversed, score, skipped, limit);
      const beyond = members.filter(isBeyond);
      if (beyond.length > 0 || members.length < limit) return beyond;
    }
  }

  private async membersOf(key: string, reversed: boolean, from: string, skip: number, limit: number) {
    const flat = reversed
      ? await this.#client.zrevrangebyscore(key, from || '+inf', '-inf', 'WITHSCORES', 'LIMIT', skip, limit)
      : await this.#client.zrangebyscore(key, from || '-inf', '+inf', 'WITHSCORES', 'LIMIT', skip, limit);
    const members: Member[] = [];
    for (let index = 0; index < flat.length; index += 2) {
      members.push({ id: flat[index] ?? '', score: flat[index + 1] ?? '' });
    }
    return members;
  }

  /** A job, where it is still there. */
  private async jobOf(state: QueuedMessageState, id: string): Promise<StoredJob | undefined> {
    const fields = ['data', 'returnvalue', 'failedReason', 'atm', 'timestamp'];
    const values = await this.#client.hmget(this.keyOf(state, id), ...fields).catch(undefinedIfNoHash);
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

  private keyOf(state: QueuedMessageState, key: string): string {
    return `${this.prefix}:${state === 'held' ? `${this.name}-held` : this.name}:${key}`;
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Something else stands under the job's key. */
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

/** How many come before it in the order of reading is not asked for. */
function textOrNull(value: number | null): string | null {
  return value === null ? null : '0';
}
