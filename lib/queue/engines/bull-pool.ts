import { isPgPool, type PgPool } from 'bullmq';

/** The pool in BullMQ's own type. */
export function bullPool(pool: unknown): PgPool {
  if (!isPgPool(pool)) throw new TypeError('BullMQ does not take this for a pool of node-postgres');
  return pool;
}
