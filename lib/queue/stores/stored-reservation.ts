import type { Reservation } from '../../stores/idempotency.store.js';
import { decode } from './json-with-dates.js';

/** Default time after which a reservation without a result has an unknown outcome, in milliseconds. */
export const LEASE_MS = 15 * 60 * 1_000;

/** The options of the shared idempotency stores. @publicApi */
export interface SharedIdempotencyOptions {
  /**
   * Time after which a reserved key without a result, for example because its process died, becomes `unknown`, in
   * milliseconds. The key does not become free. Set it to more than any send takes, including waits for rate limits.
   *
   * @default 900_000, 15 minutes
   */
  leaseMs?: number;
}

/** Converts a server's response. An unexpected state is `unknown`, because the message may have been sent. */
export function reservationOf(state: unknown, value: unknown): Reservation<unknown> {
  switch (state) {
    case 'reserved':
    case 'pending':
    case 'conflict':
      return { state };
    case 'done':
      return { state, value: decode(typeof value === 'string' ? value : '') };
    default:
      return { state: 'unknown' };
  }
}
