interface Planned<T> {
  readonly entry: T;
  left: number;
}

/** What is planned for the next requests, each for a number of times, in the order in which it was added. */
export class Plan<T> {
  private planned: readonly Planned<T>[] = [];

  /** @throws RangeError if `times` is less than 1. */
  add(entry: T, times: number): void {
    if (!(times === Number.POSITIVE_INFINITY || (Number.isInteger(times) && times >= 1))) {
      throw new RangeError('times must be a positive integer or Infinity');
    }
    this.planned = [...this.planned, { entry, left: times }];
  }

  /** Takes the first entry that fits and is not used up. */
  take(fits: (entry: T) => boolean): T | undefined {
    const next = this.planned.find(({ entry }) => fits(entry));
    if (!next) return undefined;
    next.left -= 1;
    if (next.left === 0) this.planned = this.planned.filter((planned) => planned !== next);
    return next.entry;
  }

  clear(fits: (entry: T) => boolean): void {
    this.planned = this.planned.filter(({ entry }) => !fits(entry));
  }
}
