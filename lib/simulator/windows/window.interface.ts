import type { SimulatedPerson } from '../people/person.interface.js';

/**
 * Whether the Cloud API's 24-hour window is enforced, and how a message outside of it fails.
 *
 * - `off`: every message is sent.
 * - `status`: it is accepted, and then fails by a status with 131047, as usually at Meta.
 * - `response`: the request is rejected with 131047.
 *
 * @publicApi
 */
export type WindowMode = 'off' | 'status' | 'response';

/** A person who wrote to an account less than 24 hours ago. @publicApi */
export interface SimulatedWindow {
  /** The name of the account. */
  readonly account: string;
  readonly person: SimulatedPerson;
  /** When the window closes, by the simulator's clock. */
  readonly openUntil: Date;
}
