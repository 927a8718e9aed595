// From its module: whoever fakes the global timers in a test does not want answers to stay away.
import { setImmediate } from 'node:timers';

/**
 * Does what there is to do at the end of this turn of the event loop, in one go.
 *
 * Answers that came in at the same time are handed on one right after the other. Between the reading of one socket and
 * of the next, the processor loses what it had at hand of our code: handed on in between, each send costs it up to twice
 * the time.
 */
export class TickBatcher {
  private waiting: (() => void)[] = [];

  do(work: () => void): void {
    if (this.waiting.push(work) === 1) setImmediate(runAll, this);
  }

  runAll(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const work of waiting) work();
  }
}

function runAll(turn: TickBatcher): void {
  turn.runAll();
}
