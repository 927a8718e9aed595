import { delay } from '../../async/delay.js';
import { isRecord } from '../../validation/is-record.js';
import { LOST_JOB_CODES } from './bullmq-internals/constants.js';

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 2_000;

/** How a write is repeated. */
export interface Repetition {
  /** Ends it: from then on nothing can be written any more. */
  signal: AbortSignal;
  onError(error: unknown): void;
}

/**
 * Repeats a write that the engine failed to do, with growing pauses, until it is done. Resolves to what it gives, or to
 * undefined if the signal ends it before.
 *
 * @throws what `isLostJob` is true of: that does not change by repeating.
 */
export async function retryUntilWritten<T>(
  write: () => Promise<T>,
  { signal, onError }: Repetition,
): Promise<{ value: T } | undefined> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
    try {
      return { value: await write() };
    } catch (error) {
      if (isLostJob(error)) throw error;
      onError(error);
    }
    if (!(await delay(pauseMs, signal))) return undefined;
  }
}

/** Whether a worker could not write because the job is not its own any more. */
export function isLostJob(error: unknown): boolean {
  return isRecord(error) && LOST_JOB_CODES.includes(error.code);
}
