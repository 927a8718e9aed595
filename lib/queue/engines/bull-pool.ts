import { isPgPool, type PgPool } from 'bullmq';

/** Converts a pool to BullMQ's type. */
export function bullPool(pool: unknown): PgPool {
  if (!isPgPool(pool)) throw new TypeError('BullMQ requires a pool of node-postgres');
  return pool;
}
