import { isRecord } from '../../../validation/is-record.js';
import type { QueuedMessageState } from '../../queued-message.interface.js';
import type { StoredJob } from '../../queued-message.mapper.js';
import type { MessagePage, MessagePages, PagePlace, PageRequest } from '../message-pages.js';
import { type Database, SCHEMA } from './postgres.js';

/** How the messages of a state are selected and sorted. Each order has an index of BullMQ. */
interface Listing {
  state: 'waiting' | 'delayed' | 'active' | 'completed' | 'failed';
  orderBy: 'priority' | 'process_at_ms' | 'finished_at_ms';
  newestFirst: boolean;
}

/** Held messages are in another queue. */
const LISTINGS: Readonly<Record<QueuedMessageState, Listing>> = {
  waiting: { state: 'waiting', orderBy: 'priority', newestFirst: false },
  delayed: { state: 'delayed', orderBy: 'process_at_ms', newestFirst: false },
  active: { state: 'active', orderBy: 'priority', newestFirst: false },
  sent: { state: 'completed', orderBy: 'finished_at_ms', newestFirst: true },
  failed: { state: 'failed', orderBy: 'finished_at_ms', newestFirst: true },
  held: { state: 'waiting', orderBy: 'priority', newestFirst: true },
};

/** Lists the messages of queues on PostgreSQL. */
export class PostgresMessagePages implements MessagePages {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async page(queue: string, { state, limit, after }: PageRequest): Promise<MessagePage> {
    const { orderBy, newestFirst } = LISTINGS[state];
    const [sign, direction] = newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
    const beyond = after ? `AND (${orderBy}, seq) ${sign} ($3::bigint, $4::bigint)` : '';
    // In: queue, limit, position. Out: the jobs, each with its position.
    const { rows } = await this.#database.query(
      `SELECT id, data, return_value, failed_reason, attempts_made, added_at_ms, ${orderBy} AS position, seq
         FROM ${from(state)} ${beyond} ORDER BY ${orderBy} ${direction}, seq ${direction} LIMIT $2`,
      [queue, limit, ...(after?.order ?? [])],
    );
    const jobs = rows.filter(isRecord);
    const last = jobs.at(-1);
    return { jobs: jobs.map(storedJob), end: last && placeAfter(last) };
  }

  async placeOf(queue: string, state: QueuedMessageState, id: string): Promise<PagePlace | undefined> {
    // In: queue, job's ID. Out: its ID and position.
    const statement = `SELECT id, ${LISTINGS[state].orderBy} AS position, seq FROM ${from(state)} AND id = $2`;
    const [row] = (await this.#database.query(statement, [queue, id])).rows.filter(isRecord);
    return row && placeAfter(row);
  }
}

function from(state: QueuedMessageState): string {
  return `${SCHEMA}.job WHERE queue = $1 AND state = '${LISTINGS[state].state}'`;
}

function placeAfter({ id, position, seq }: Record<string, unknown>): PagePlace {
  return { ids: [String(id)], order: [String(position), String(seq)] };
}

function storedJob(row: Record<string, unknown>): StoredJob {
  return {
    id: String(row.id),
    data: row.data,
    returnvalue: row.return_value,
    failedReason: typeof row.failed_reason === 'string' ? row.failed_reason : undefined,
    attemptsMade: Number(row.attempts_made),
    timestamp: Number(row.added_at_ms),
  };
}
