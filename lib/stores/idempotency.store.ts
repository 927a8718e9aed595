/**
 * The state of an idempotency key.
 *
 * - `reserved`: it was free. The caller now owns it and must call `complete`, `unknown` or `release`.
 * - `pending`: another caller is sending.
 * - `done`: the message was sent. `value` is what `complete` received.
 * - `unknown`: the message may have been sent.
 * - `conflict`: the key was used with different content.
 *
 * @publicApi
 */
export type Reservation<T> =
  | { state: 'reserved' }
  | { state: 'pending' }
  | { state: 'done'; value: T }
  | { state: 'unknown' }
  | { state: 'conflict' };

/**
 * Stores idempotency keys and their results.
 *
 * The default implementation is in memory and per process. `ButtonMessagingQueueModule` provides a shared one. Provide
 * your own through `extraProviders`. Each method must be atomic.
 *
 * @publicApi
 */
export abstract class IdempotencyStore {
  /** Reserves a free key for `ttlMs` milliseconds, or returns its state. @param fingerprint A hash of the content. */
  abstract reserve<T>(key: string, fingerprint: string, ttlMs: number): Promise<Reservation<T>> | Reservation<T>;

  /** Stores the result of a sent message. */
  abstract complete<T>(key: string, value: T): Promise<void> | void;

  /** Records that the outcome is unknown. */
  abstract unknown(key: string): Promise<void> | void;

  /** Frees the key, because the message was not sent. */
  abstract release(key: string): Promise<void> | void;
}
