import type { QueuedMessageState } from '../queued-message.interface.js';
import type { RedisQueue } from './bullmq-internals/redis.js';
import {
  JOB_COLLECTIONS,
  type JobCollection,
  type Member,
  readJob,
  readList,
  readSet,
  scoreIn,
} from './bullmq-internals/redis-collections.js';
import type { MessagePage, MessagePages, PagePlace, PageRequest } from './message-pages.js';

/** Number of IDs that a position contains, in case the nearest messages leave the list. */
const MAX_IDS = 100;

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

function read(queue: RedisQueue, collection: JobCollection, limit: number, after?: PagePlace): Promise<Member[]> {
  return collection.form === 'set'
    ? pageOfSet(queue, collection, limit, after)
    : pageOfList(queue, collection, limit, after);
}

/** The score of a list's member is its position, counted from where reading started. */
async function pageOfList(
  queue: RedisQueue,
  collection: JobCollection,
  limit: number,
  after?: PagePlace,
): Promise<Member[]> {
  const read = Number(after?.order[1] ?? 0);
  const { found, ids } = await readList(queue, collection, { read, ids: after?.ids ?? [] }, limit);
  const before = after && !found ? 0 : read;
  // If reading started in the middle, at an ID, the position stays unknown.
  const isCounted = !after || read > 0 || !found;
  return ids.map((id, index) => ({ id, score: isCounted ? String(before + index + 1) : '0' }));
}

/** Redis orders members with the same score by their names. */
async function pageOfSet(
  queue: RedisQueue,
  collection: JobCollection,
  limit: number,
  after?: PagePlace,
): Promise<Member[]> {
  const score = after?.order[1] ?? '';
  const last = after?.ids.at(-1) ?? '';
  const isBeyond = (member: Member) =>
    member.score !== score || (collection.reversed ? member.id < last : member.id > last);
  for (let skipped = 0; ; skipped += limit) {
    const members = await readSet(queue, collection, score, skipped, limit);
    const beyond = members.filter(isBeyond);
    if (beyond.length > 0 || members.length < limit) return beyond;
  }
}
