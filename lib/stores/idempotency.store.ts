/**
 * What a store knows of a key.
 *
 * - `reserved`: nothing was known; the key is the caller's now, who must end it by `complete`, `unknown` or `release`.
 * - `pending`: somebody else is sending.
 * - `done`: it was sent; `value` is what `complete` was given.
 * - `unknown`: it may have been sent.
 * - `conflict`: the key stands for other content.
 */
export type Reservation<T> =
  | { state: 'reserved' }
  | { state: 'pending' }
  | { state: 'done'; value: T }
  | { state: 'unknown' }
  | { state: 'conflict' };

/**
 * Remembers what was sent under a key. The one at hand keeps it in memory, for one process; a shared one guards
 * several processes together. Injectable: give your own among `extraProviders`.
 *
 * Each method is atomic. `fingerprint` is a hash of the content.
 */
export abstract class IdempotencyStore {
  /** Takes the key if it is free, for so many milliseconds, or says what is known of it. */
  abstract reserve<T>(key: string, fingerprint: string, ttlMs: number): Promise<Reservation<T>> | Reservation<T>;

  /** The message was sent; the key answers with this value from now on. */
  abstract complete<T>(key: string, value: T): Promise<void> | void;

  /** Nobody knows whether the message was sent; the key says so from now on. */
  abstract unknown(key: string): Promise<void> | void;

  /** The message was not sent; the key is free again. */
  abstract release(key: string): Promise<void> | void;
}
