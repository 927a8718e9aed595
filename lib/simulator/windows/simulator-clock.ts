/** The clock of the 24-hour windows. It runs with the system's, and can be moved. */
export class SimulatorClock {
  private ahead = 0;

  /** Returns the time, in milliseconds since 1970. */
  now(): number {
    return Date.now() + this.ahead;
  }

  /** Returns how far the clock is ahead of the system's, in milliseconds. */
  get offset(): number {
    return this.ahead;
  }

  /** @throws RangeError if the time is not a positive number. */
  advance(milliseconds: number): void {
    if (!(Number.isFinite(milliseconds) && milliseconds >= 0)) {
      throw new RangeError('The clock can only be advanced by a number of milliseconds from 0');
    }
    this.ahead += milliseconds;
  }
}
