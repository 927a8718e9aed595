import type { Pool } from 'pg';
import { isRecord } from '../../validation/is-record.js';
import type { QueuedMessageState } from '../queued-message.interface.js';
import type { StoredJob } from '../queued-message.reader.js';
import type { MessagePage, MessagePages, PagePlace, PageRequest } from './message-pages.js';

/** How the messages of a state are found and ordered. Each order is one of BullMQ's indexes. */
interface Listing {
  state: 'waiting' | 'delayed' | 'active' | 'completed' | 'failed';
  orderBy: string;
  newestFirst: boolean;
}

const LISTINGS: Readonly<Record<QueuedMessageState, Listing>> = {
  waiting: { state: 'waiting', orderBy: 'priority', newestFirst: false },
  delayed: { state: 'delayed', orderBy: 'process_at_ms', newestFirst: false },
  active: { state: 'active', orderBy: 'priority', newestFirst: false },
  sent: { state: 'completed', orderBy: 'finished_at_ms', newestFirst: true },
  failed: { state: 'failed', orderBy: 'finished_at_ms', newestFirst: true },
  held: { state: 'waiting', orderBy: 'priority', newestFirst: true },
};

/** The messages of a queue on PostgreSQL. */
export class PostgresMessagePages implements MessagePages {
  readonly #pool: Pick<Pool, 'query'>;
  constructor(
    pool: Pick<Pool, 'query'>,
    /** BullMQ's, quoted. */
    private readonly schema: string,
    private readonly name: string,
  ) {
    this.#pool = pool;
  }

  async page({ state, limit, after }: PageRequest): Promise<MessagePage> {
    const { orderBy, newestFirst } = LISTINGS[state];
    const [sign, direction] = newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
    const beyond = after ? `AND (${orderBy}, seq) ${sign} ($3::bigint, $4::bigint)` : '';
    const rows = await this.rows(
      `SELECT id, data, return_value, failed_reason, attempts_made, added_at_ms, ${orderBy} AS position, seq
         FROM ${this.from(state)} ${beyond} ORDER BY ${orderBy} ${direction}, seq ${direction} LIMIT $2`,
      [this.queueOf(state), limit, ...(after?.order ?? [])],
    );
    const last = rows.at(-1);
    return { jobs: rows.map(storedJob), end: last && placeAt(last) };
  }

  async placeOf(state: QueuedMessageState, id: string): Promise<PagePlace | undefined> {
    const { orderBy } = LISTINGS[state];
    const statement = `SELECT id, ${orderBy} AS position, seq FROM ${this.from(state)} AND id = $2`;
    const [row] = await this.rows(statement, [this.queueOf(state), id]);
    return row && placeAt(row);
  }

  private from(state: QueuedMessageState): string {
    return `${this.schema}.job WHERE queue = $1 AND state = '${LISTINGS[state].state}'`;
  }

  private queueOf(state: QueuedMessageState): string {
    return state === 'held' ? `${this.name}-held` : this.name;
  }

  private async rows(statement: string, values: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.#pool.query(statement, values)).rows.filter(isRecord);
  }
}

function placeAt({ id, position, seq }: Record<string, unknown>): PagePlace {
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
