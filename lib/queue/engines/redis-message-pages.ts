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

/** So many ids are remembered, for the case that the nearest have left. */
const MAX_IDS = 100;

/** The messages of a queue on Redis. */
export class RedisMessagePages implements MessagePages {
  readonly #queue: RedisQueue;
  constructor(queue: RedisQueue) {
    this.#queue = queue;
  }

  async page({ state, limit, after }: PageRequest): Promise<MessagePage> {
    const queue = this.queueOf(state);
    const members: (Member & { shelf: number })[] = [];
    const first = Number(after?.order[0] ?? 0);
    for (const [index, shelf] of JOB_COLLECTIONS[state].entries()) {
      if (index < first || members.length === limit) continue;
      const found = await read(queue, shelf, limit - members.length, index === first ? after : undefined);
      members.push(...found.map((member) => ({ ...member, shelf: index })));
    }
    const last = members.at(-1);
    const ids = [...(after?.ids ?? []), ...members.map(({ id }) => id)].slice(-MAX_IDS);
    return {
      jobs: (await Promise.all(members.map(({ id }) => readJob(queue, id)))).filter((job) => job !== undefined),
      end: last && { ids, order: [String(last.shelf), last.score] },
    };
  }

  async placeOf(state: QueuedMessageState, id: string): Promise<PagePlace | undefined> {
    const queue = this.queueOf(state);
    for (const [index, shelf] of JOB_COLLECTIONS[state].entries()) {
      const score = await scoreIn(queue, shelf, id);
      if (score !== undefined) return { ids: [id], order: [String(index), score] };
    }
    return undefined;
  }

  private queueOf(state: QueuedMessageState): RedisQueue {
    return state === 'held' ? { ...this.#queue, name: `${this.#queue.name}-held` } : this.#queue;
  }
}

function read(queue: RedisQueue, shelf: JobCollection, limit: number, after?: PagePlace): Promise<Member[]> {
  return shelf.form === 'set' ? pageOfSet(queue, shelf, limit, after) : pageOfList(queue, shelf, limit, after);
}

/** The score of a list's member is how many were read with it. */
async function pageOfList(
  queue: RedisQueue,
  shelf: JobCollection,
  limit: number,
  after?: PagePlace,
): Promise<Member[]> {
  const read = Number(after?.order[1] ?? 0);
  const { found, ids } = await readList(queue, shelf, { read, ids: after?.ids ?? [] }, limit);
  const before = after && !found ? 0 : read;
  // Where it began in the middle, by an id, the number stays unknown.
  const isCounted = !after || read > 0 || !found;
  return ids.map((id, index) => ({ id, score: isCounted ? String(before + index + 1) : '0' }));
}

/** Of the same score, a set is ordered by the members. */
async function pageOfSet(queue: RedisQueue, shelf: JobCollection, limit: number, after?: PagePlace): Promise<Member[]> {
  const score = after?.order[1] ?? '';
  const last = after?.ids.at(-1) ?? '';
  const isBeyond = (member: Member) => member.score !== score || (shelf.reversed ? member.id < last : member.id > last);
  for (let skipped = 0; ; skipped += limit) {
    const members = await readSet(queue, shelf, score, skipped, limit);
    const beyond = members.filter(isBeyond);
    if (beyond.length > 0 || members.length < limit) return beyond;
  }
}
