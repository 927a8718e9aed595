import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** Resolves as soon as the condition holds. Rejects if it does not in time. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`Not within ${withinMs} ms: ${condition}`);
    await pause(5);
  }
}

/** Resolves when the value has stayed the same for a while, and gives it. */
export async function settled<T>(value: () => T, forMs = 150): Promise<T> {
  let last = value();
  let since = performance.now();
  await until(() => {
    const now = value();
    if (now !== last) [last, since] = [now, performance.now()];
    return performance.now() - since >= forMs;
  });
  return last;
}

/** Runs something and tells how long it took. */
export async function timed<T>(run: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const start = performance.now();
  const value = await run();
  return { value, ms: performance.now() - start };
}

/** A promise that is settled from outside. */
export function deferred<T = void>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
