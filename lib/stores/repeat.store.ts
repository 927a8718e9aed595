/**
 * Knows which callbacks were handed on, as providers repeat them. The one at hand keeps that in memory, for one
 * process; a shared one does for several. Injectable: give your own among `extraProviders`.
 */
export abstract class RepeatStore {
  /** Whether it is the first time that this key is seen within so many milliseconds. Atomic. */
  abstract isFirst(key: string, withinMs: number): Promise<boolean> | boolean;

  /**
   * The time, in milliseconds since 1970, since when no key was forgotten before it was due. Absent, or undefined: none
   * ever was. An event that is older is dropped, for it may be a repeat.
   */
  knownSince?(): number | undefined;
}
