/** The time by which a send must end, if any. */
export class Deadline {
  private readonly at: number;

  /** @param withinMs Milliseconds from now. Undefined for no deadline. */
  constructor(withinMs?: number) {
    this.at = withinMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + withinMs;
  }

  get isSet(): boolean {
    return this.at !== Number.POSITIVE_INFINITY;
  }

  /** Returns the remaining milliseconds: infinite without a deadline, negative after it. */
  remainingMs(): number {
    return this.at - performance.now();
  }
}
