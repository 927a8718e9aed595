import { DEFAULT_SCHEMA, quoteSchemaName } from 'bullmq';

/** BullMQ's own, quoted. */
export const SCHEMA = quoteSchemaName(DEFAULT_SCHEMA);

export const WRITE_PROGRESS = `
UPDATE ${SCHEMA}.job SET progress = $4::jsonb WHERE queue = $1 AND id = $2 AND ${isLockedBy('$3', '$5')}
RETURNING queue, id`;

export const WRITE_SEVERAL = `
UPDATE ${SCHEMA}.job SET progress = given.progress::jsonb
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS given (queue, id, token, progress)
 WHERE job.queue = given.queue AND job.id = given.id AND ${isLockedBy('given.token', '$5')}
RETURNING job.queue, job.id`;

export const TAKE_BACK = `DELETE FROM ${SCHEMA}.job WHERE queue = $1 AND id = $2 AND state IN ('waiting', 'delayed')`;

export const ORDER_RANGE = `
SELECT (SELECT priority FROM ${SCHEMA}.job WHERE queue = $1 AND state = 'waiting' AND priority BETWEEN 1 AND $2
         ORDER BY priority LIMIT 1) AS first,
       (SELECT priority FROM ${SCHEMA}.job WHERE queue = $1 AND state = 'waiting' AND priority BETWEEN 1 AND $2
         ORDER BY priority DESC LIMIT 1) AS last`;

export const UNMARK = `
UPDATE ${SCHEMA}.job SET progress = $5::jsonb
 WHERE queue = $1 AND id = $2 AND attempts_started = $3 AND progress = $4::jsonb`;

export const REMOVE_FAILED = `
DELETE FROM ${SCHEMA}.job WHERE queue = $1 AND id = $2 AND state = 'failed' AND data->'once'->>'call' = $3`;

// BullMQ's own way chooses the jobs first and deletes them then, whatever has become of them: also retried ones.
export const FORGET = `
DELETE FROM ${SCHEMA}.job WHERE queue = $1 AND state = $2::${SCHEMA}.job_state AND finished_at_ms <= $3
   AND id IN (SELECT id FROM ${SCHEMA}.job WHERE queue = $1 AND state = $2::${SCHEMA}.job_state
                 AND finished_at_ms <= $3 ORDER BY finished_at_ms LIMIT $4)`;

export const LAST_EVENT = `SELECT coalesce(max(id), 0)::text AS id FROM ${SCHEMA}.event WHERE queue = $1`;

export const EXPIRE_LOCKS = `UPDATE ${SCHEMA}.job SET locked_until_ms = 0, stalled_marked = true WHERE state = 'active'`;

/**
 * Whether a job is still the worker's whose token this is. @param token A parameter or a column. @param now The
 * worker's own clock, by which BullMQ has written until when the job is locked; the server's may be another.
 */
function isLockedBy(token: string, now: string): string {
  // Not `state = 'active'`: that would lead to the index of what is active, with all that was active lately.
  return `state::text = 'active' AND lock_token = ${token}
   AND locked_until_ms > ${now}::bigint`;
}
