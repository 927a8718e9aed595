import { delay } from '../../async/delay.js';
import { isRecord } from '../../validation/is-record.js';
import { LOST_JOB_CODES } from './bullmq-internals/constants.js';

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 2_000;

/** The options of repeated writes. */
export interface Repetition {
  /** Ends the repetition. */
  signal: AbortSignal;
  onError(error: unknown): void;
}

/**
 * Repeats a write that fails, with growing pauses. Returns its result, or undefined if the signal ends it before.
 *
 * @throws errors for which `isLostJob` returns true, because repeating does not change them
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

/** Returns whether a write failed because the worker has lost the job. */
export function isLostJob(error: unknown): boolean {
  return isRecord(error) && LOST_JOB_CODES.includes(error.code);
}
