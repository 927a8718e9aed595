/**
 * Counts work that is under way, to wait for its end.
 *
 * A set would do, at a price: a set from which as much is taken as is put into it is copied again and again, each old
 * copy holds on to the next, and one that has grown old drags all that the others held through the garbage collector.
 */
export class PendingCounter {
  private count = 0;
  private onIdle: (() => void)[] = [];

  start(): void {
    this.count += 1;
  }

  finish(): void {
    this.count -= 1;
    if (this.count > 0) return;
    const waiting = this.onIdle;
    this.onIdle = [];
    for (const resume of waiting) resume();
  }

  /** Resolves when nothing is under way. */
  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.count === 0) resolve();
      else this.onIdle.push(resolve);
    });
  }
}
