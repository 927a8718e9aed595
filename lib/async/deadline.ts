/** The moment by which a send must have ended, if there is one. */
export class Deadline {
  private readonly at: number;

  /** @param withinMs From now, in milliseconds; undefined for no deadline. */
  constructor(withinMs?: number) {
    this.at = withinMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + withinMs;
  }

  get isSet(): boolean {
    return this.at !== Number.POSITIVE_INFINITY;
  }

  /** Milliseconds from now; infinite where there is no deadline, negative where it has passed. */
  remainingMs(): number {
    return this.at - performance.now();
  }
}
