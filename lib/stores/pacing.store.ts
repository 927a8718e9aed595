/** How often something may happen. */
export interface Pace {
  /** Turns a second. */
  perSecond: number;
  /** Turns that may be taken at once before the pace holds. */
  burst: number;
}

/**
 * Keeps the turns of accounts and recipients. The one at hand keeps them in memory, for one process; a shared one
 * paces several processes together. Injectable: give your own among `extraProviders`.
 */
export abstract class PacingStore {
  /**
   * Says in how many milliseconds the next turn of a bucket comes, and takes it if that is within so many; a turn that
   * would come later is left to others.
   */
  abstract reserve(bucket: string, pace: Pace, withinMs: number): Promise<number> | number;

  /** Holds back every turn of a bucket for so many milliseconds. */
  abstract pause(bucket: string, forMs: number): Promise<void> | void;

  /** Ends the pause of a bucket before its time. A store that cannot leaves it out: its pauses run their time. */
  resume?(bucket: string): Promise<void> | void;

  /** For how many more milliseconds each of these buckets is paused, in their order; 0 where it is not. */
  abstract pausedFor(buckets: readonly string[]): Promise<number[]> | number[];
}
