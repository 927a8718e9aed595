/** Maximum delay of Node's timers: 2^31 - 1 milliseconds, about 24 days. */
export const MAX_TIMER_MS = 2_147_483_647;

/** Resolves to true after `ms` milliseconds, or to false as soon as one of the signals is aborted. */
export function delay(ms: number, ...signals: (AbortSignal | undefined)[]): Promise<boolean> {
  const given = signals.filter((signal) => signal !== undefined);
  if (given.some((signal) => signal.aborted)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (elapsed: boolean) => {
      clearTimeout(timer);
      for (const signal of given) signal.removeEventListener('abort', onAbort);
      resolve(elapsed);
    };
    const onAbort = () => end(false);
    const timer = setTimeout(() => end(true), ms);
    for (const signal of given) signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** The result of work that took too long. */
export const LATE = Symbol('late');

/** Resolves to the result of the work, or to `LATE` after `ms` milliseconds or as soon as one of the signals is aborted. */
export async function inTime<T>(
  ms: number,
  work: T | PromiseLike<T>,
  ...signals: (AbortSignal | undefined)[]
): Promise<T | typeof LATE> {
  const done = new AbortController();
  try {
    return await Promise.race([work, delay(ms, done.signal, ...signals).then((): typeof LATE => LATE)]);
  } finally {
    done.abort();
  }
}

/** Resolves when the work has settled, or after `ms` milliseconds. */
export async function withTimeout(ms: number, work: Promise<unknown>): Promise<void> {
  await inTime(ms, work);
}
