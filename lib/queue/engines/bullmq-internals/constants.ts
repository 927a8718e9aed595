/**
 * What is known of BullMQ without loading it: it is loaded only where an engine is opened. This folder alone knows what
 * BullMQ does not promise; `test/integration/queue/bullmq-*.spec.ts` fail where the installed version does otherwise.
 */

/** The versions whose layout is known: a minor release may move keys, columns and protected members. */
export const KNOWN_VERSION = '6.7';

/** Beyond it, Redis could not keep the order. */
export const LOWEST_PRIORITY = 2 ** 21 - 1;
/** Redis keeps the order of what is delayed by this moment times 4,096, which a number holds exactly until then. */
export const MAX_DELAY_END_MS = 2 ** 41 - 1;

/** Where its SQL looks for its tables, which it names without their schema. */
export const SEARCH_PATH = ['bullmq', 'public'] as const;

const JOB_NOT_EXIST = -1;
const JOB_LOCK_NOT_EXIST = -2;
const JOB_NOT_IN_STATE = -3;
const JOB_LOCK_MISMATCH = -6;

/** How it says that a job is gone, or that somebody else has it. */
export const LOST_JOB_CODES: readonly unknown[] = [
  JOB_NOT_EXIST,
  JOB_LOCK_NOT_EXIST,
  JOB_NOT_IN_STATE,
  JOB_LOCK_MISMATCH,
];
/** How it says that a job to be retried is not there, or is in another state. */
export const NOT_RETRIED_CODES: readonly unknown[] = [JOB_NOT_EXIST, JOB_NOT_IN_STATE];
