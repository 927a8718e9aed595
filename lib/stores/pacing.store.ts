/** A rate limit. @publicApi */
export interface Pace {
  /** Slots per second. */
  perSecond: number;
  /** Slots that are available at once before the limit applies. */
  burst: number;
}

/**
 * Stores the rate limits of accounts and recipients.
 *
 * The default implementation is in memory and per process. `ButtonMessagingQueueModule` provides a shared one. Provide
 * your own through `extraProviders`.
 *
 * @publicApi
 */
export abstract class PacingStore {
  /**
   * Reserves the next slot of a bucket if it is within `withinMs` milliseconds.
   *
   * @returns The wait for that slot in milliseconds, reserved or not.
   */
  abstract reserve(bucket: string, pace: Pace, withinMs: number): Promise<number> | number;

  /** Pauses a bucket for `forMs` milliseconds. */
  abstract pause(bucket: string, forMs: number): Promise<void> | void;

  /** Ends the pause of a bucket. Optional: without it pauses expire by themselves. */
  resume?(bucket: string): Promise<void> | void;

  /** Returns how long each bucket is still paused, in milliseconds and in the given order. 0 if it is not. */
  abstract pausedFor(buckets: readonly string[]): Promise<number[]> | number[];
}
