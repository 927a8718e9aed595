/**
 * Stores which callbacks were handled, because providers repeat them.
 *
 * The default implementation is in memory and per process. `ButtonMessagingQueueModule` provides a shared one. Provide
 * your own through `extraProviders`.
 *
 * @publicApi
 */
export abstract class RepeatStore {
  /** Returns whether a key is seen for the first time within `withinMs` milliseconds. It must be atomic. */
  abstract isFirst(key: string, withinMs: number): Promise<boolean> | boolean;

  /**
   * Returns the Unix time in milliseconds since which no key was dropped early. Older events may be repetitions and are
   * dropped. Undefined, or without the method, no key ever was.
   */
  knownSince?(): number | undefined;
}
