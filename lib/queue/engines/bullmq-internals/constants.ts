/**
 * Facts about BullMQ that are needed without loading it. Only this folder depends on details that BullMQ does not
 * guarantee. `test/integration/queue/bullmq-*.spec.ts` fail if the installed version differs.
 */

/** The supported version. A minor release may change keys, columns and protected members. */
export const KNOWN_VERSION = '6.7';

/** The largest priority that BullMQ can order on Redis. */
export const LOWEST_PRIORITY = 2 ** 21 - 1;
/** The latest delay. BullMQ's score is the time times 4,096, which a number represents exactly only until then. */
export const MAX_DELAY_END_MS = 2 ** 41 - 1;

/** The search path that BullMQ's SQL needs, because it does not name the schema of its tables. */
export const SEARCH_PATH = ['bullmq', 'public'] as const;

const JOB_NOT_EXIST = -1;
const JOB_LOCK_NOT_EXIST = -2;
const JOB_NOT_IN_STATE = -3;
const JOB_LOCK_MISMATCH = -6;

/** BullMQ's codes for a job that is gone or that another worker has. */
export const LOST_JOB_CODES: readonly unknown[] = [
  JOB_NOT_EXIST,
  JOB_LOCK_NOT_EXIST,
  JOB_NOT_IN_STATE,
  JOB_LOCK_MISMATCH,
];
/** BullMQ's codes for a job that cannot be retried, because it is gone or in another state. */
export const NOT_RETRIED_CODES: readonly unknown[] = [JOB_NOT_EXIST, JOB_NOT_IN_STATE];
