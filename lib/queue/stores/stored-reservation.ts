import type { Reservation } from '../../stores/idempotency.store.js';
import { decode } from './json-with-dates.js';

/** How long a reservation may stay open before nobody is believed to be sending any more. */
export const LEASE_MS = 15 * 60 * 1_000;

/** The options of the shared idempotency stores. */
export interface SharedIdempotencyOptions {
  /**
   * A key that was reserved and never settled, as when its process died, answers `unknown` after so many milliseconds;
   * it is never free before its time. Longer than any send may take, waits for its turn included. Default: 15 minutes.
   */
  leaseMs?: number;
}

/** What a server answered, as a reservation. A state that nobody knows might be one in which the message went out. */
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
