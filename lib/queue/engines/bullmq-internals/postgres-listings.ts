import { isRecord } from '../../../validation/is-record.js';
import type { QueuedMessageState } from '../../queued-message.interface.js';
import type { StoredJob } from '../../queued-message.mapper.js';
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

/** The sort values of a job. */
export type Position = readonly string[];

export interface ListedJob {
  job: StoredJob;
  position: Position;
}

/** Lists jobs of a state, after a position or from the beginning. */
export async function listJobs(
  database: Database,
  queue: string,
  state: QueuedMessageState,
  { limit, after }: { limit: number; after?: Position | undefined },
): Promise<ListedJob[]> {
  const { orderBy, newestFirst } = LISTINGS[state];
  const [sign, direction] = newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
  const beyond = after ? `AND (${orderBy}, seq) ${sign} ($3::bigint, $4::bigint)` : '';
  // In: queue, limit, position. Out: the jobs, each with its position.
  const { rows } = await database.query(
    `SELECT id, data, return_value, failed_reason, attempts_made, added_at_ms, ${orderBy} AS position, seq
       FROM ${from(state)} ${beyond} ORDER BY ${orderBy} ${direction}, seq ${direction} LIMIT $2`,
    [queue, limit, ...(after ?? [])],
  );
  return rows.filter(isRecord).map((row) => ({ job: storedJob(row), position: positionIn(row) }));
}

/** Returns a job's position, or undefined if it is not in that state. */
export async function positionOf(
  database: Database,
  queue: string,
  state: QueuedMessageState,
  id: string,
): Promise<Position | undefined> {
  // In: queue, job's ID. Out: its position.
  const statement = `SELECT ${LISTINGS[state].orderBy} AS position, seq FROM ${from(state)} AND id = $2`;
  const [row] = (await database.query(statement, [queue, id])).rows.filter(isRecord);
  return row && positionIn(row);
}

function from(state: QueuedMessageState): string {
  return `${SCHEMA}.job WHERE queue = $1 AND state = '${LISTINGS[state].state}'`;
}

function positionIn({ position, seq }: Record<string, unknown>): Position {
  return [String(position), String(seq)];
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
