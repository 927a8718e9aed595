import { delay } from '../../../async/delay.js';

/** As long as BullMQ waits after a failure of its connection. */
export const PAUSE_AFTER_FAILURE_MS = 5_000;

/**
 * Pauses after work that failed, as BullMQ does in `checkConnectionError`, but not beyond the close: its own pause would
 * keep a process alive that has closed everything.
 *
 * @param check BullMQ's own handling of a failure, without its pause.
 */
export async function pauseUntilClosed<T>(
  check: (work: () => Promise<T>) => Promise<T | undefined>,
  work: () => Promise<T>,
  pauseMs: number,
  closed: AbortSignal,
): Promise<T | undefined> {
  let hasFailed = false;
  const result = await check(() =>
    work().catch((error: unknown) => {
      hasFailed = true;
      throw error;
    }),
  );
  if (hasFailed) await delay(pauseMs, closed);
  return result;
}
