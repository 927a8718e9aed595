import type { Deadline } from './deadline.js';
import { inTime, LATE, MAX_TIMER_MS } from './delay.js';

/** How long to wait. */
export interface WaitLimits {
  deadline: Deadline;
  signal?: AbortSignal | undefined;
}

/** Runs one piece of work at a time, in the order of the calls. */
export class Mutex {
  private last: Promise<void> = Promise.resolve();

  /** Runs `work` after all earlier work. @returns `gave-up` if the wait ended first. */
  async run<T>(work: () => Promise<T>, { deadline, signal }: WaitLimits): Promise<T | 'gave-up'> {
    const before = this.last;
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    // A call that gives up ends at once, while later calls still wait for earlier ones.
    this.last = before.then(() => over);
    const longest = Math.min(MAX_TIMER_MS, Math.max(0, deadline.remainingMs()));
    try {
      return (await inTime(longest, before, signal)) === LATE ? 'gave-up' : await work();
    } finally {
      end();
    }
  }
}
