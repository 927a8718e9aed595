/** How many messages are sent at a time. Who finds none free waits, first come, first served. */
export class SendSlots {
  private readonly waiting: ((isFree: boolean) => void)[] = [];
  private closed = false;

  constructor(private free: number) {}

  /** Resolves to true when there is one, or to false as soon as there will be none any more. */
  take(): Promise<boolean> | boolean {
    if (this.closed) return false;
    if (this.free === 0) return new Promise((resolve) => this.waiting.push(resolve));
    this.free -= 1;
    return true;
  }

  /** Gives one back. */
  give(): void {
    const next = this.waiting.shift();
    if (next) next(true);
    else this.free += 1;
  }

  /** From now on there is none, for those neither who wait. */
  close(): void {
    this.closed = true;
    for (const end of this.waiting.splice(0)) end(false);
  }
}
