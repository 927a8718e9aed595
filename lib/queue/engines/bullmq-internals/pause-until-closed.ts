import { delay } from '../../../async/delay.js';

/** BullMQ's pause after a connection failure, in milliseconds. */
export const PAUSE_AFTER_FAILURE_MS = 5_000;

/**
 * Pauses after failed work, like BullMQ's `checkConnectionError`, until it is closed. BullMQ's own pause would keep a
 * closed process alive.
 *
 * @param check BullMQ's handling of a failure, without its pause.
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
