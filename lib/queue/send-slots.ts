/** How many messages are sent at a time. Who finds none free waits, first come, first served. */
export class SendSlots {
  private readonly waiting: ((slot: SendSlot | undefined) => void)[] = [];
  private closed = false;

  constructor(private free: number) {}

  /** Resolves to one when there is one, or to nothing as soon as there will be none any more. */
  take(): Promise<SendSlot | undefined> | SendSlot | undefined {
    if (this.closed) return undefined;
    if (this.free === 0) return new Promise((resolve) => this.waiting.push(resolve));
    this.free -= 1;
    return this.slot();
  }

  /** From now on there is none, for those neither who wait. */
  close(): void {
    this.closed = true;
    for (const end of this.waiting.splice(0)) end(undefined);
  }

  private slot(): SendSlot {
    return new SendSlot(() => this.giveBack());
  }

  private giveBack(): void {
    const next = this.waiting.shift();
    if (next) next(this.slot());
    else this.free += 1;
  }
}

/** One of the slots. */
export class SendSlot {
  private isTaken = true;

  constructor(private readonly giveBack: () => void) {}

  /** Gives it back, once. */
  give(): void {
    if (!this.isTaken) return;
    this.isTaken = false;
    this.giveBack();
  }
}
