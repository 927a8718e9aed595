import type { Deadline } from './deadline.js';
import { delay, MAX_TIMER_MS } from './delay.js';

/** How long to wait. */
export interface WaitLimits {
  deadline: Deadline;
  signal?: AbortSignal | undefined;
}

/** Runs one piece of work at a time, in the order of the calls. */
export class Mutex {
  private last: Promise<void> = Promise.resolve();

  /** Runs `work` after all earlier work. @returns `gave-up` if the wait ended first. */
  async run<T>(work: () => Promise<T>, limits: WaitLimits): Promise<T | 'gave-up'> {
    const before = this.last;
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    // A call that gives up ends at once, while later calls still wait for earlier ones.
    this.last = before.then(() => over);
    try {
      return (await settlesInTime(before, limits)) ? await work() : 'gave-up';
    } finally {
      end();
    }
  }
}

async function settlesInTime(work: Promise<void>, { deadline, signal }: WaitLimits): Promise<boolean> {
  const longest = Math.min(MAX_TIMER_MS, Math.max(0, deadline.remainingMs()));
  const stop = new AbortController();
  const timeout = delay(longest, signal, stop.signal).then(() => false);
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    stop.abort();
  }
}
