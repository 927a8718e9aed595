import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const EVERY_MS = 5;

/**
 * Tells how long the turns of this process's event loop worked, in milliseconds of this thread's processor time where
 * the system tells it (Linux does), else by the clock: what others on a busy machine take from it is no turn's work.
 */
export class EventLoopLag {
  private readonly workedMs: number[] = [];
  private readonly timer: NodeJS.Timeout;
  private last = threadMs();

  constructor() {
    this.timer = setInterval(() => {
      const now = threadMs();
      this.workedMs.push(now - this.last);
      this.last = now;
    }, EVERY_MS);
  }

  /** Ends the watch, and gives what each time between two ticks of a timer worked, the longest last. */
  stop(): number[] {
    clearInterval(this.timer);
    return this.workedMs.toSorted((one, other) => one - other);
  }
}

function threadMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}
