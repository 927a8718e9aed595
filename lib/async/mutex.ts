import type { Deadline } from './deadline.js';
import { delay, MAX_TIMER_MS } from './delay.js';

/** How long a turn is waited for. */
export interface WaitLimits {
  deadline: Deadline;
  signal?: AbortSignal | undefined;
}

/** Lets one piece of work run at a time, in the order in which they came. */
export class Mutex {
  private last: Promise<void> = Promise.resolve();

  /** Runs the work when its turn has come. @returns `gave-up` where the patience ended before. */
  async run<T>(work: () => Promise<T>, patience: WaitLimits): Promise<T | 'gave-up'> {
    const before = this.last;
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    // Whoever gives up is over at once, and those behind still wait for those before.
    this.last = before.then(() => over);
    try {
      return (await settlesInTime(before, patience)) ? await work() : 'gave-up';
    } finally {
      end();
    }
  }
}

async function settlesInTime(work: Promise<void>, { deadline, signal }: WaitLimits): Promise<boolean> {
  const longest = Math.min(MAX_TIMER_MS, Math.max(0, deadline.remainingMs()));
  const stop = new AbortController();
  const patience = delay(longest, signal, stop.signal).then(() => false);
  try {
    return await Promise.race([work.then(() => true), patience]);
  } finally {
    stop.abort();
  }
}
