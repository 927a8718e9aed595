/**
 * How webhooks name a person.
 *
 * - `number`: by the number, with the ids beside it. The way since 2026.
 * - `number-alone`: by the number, without WhatsApp's user id, as the Cloud API did before. Z-API has the lid even so.
 * - `ids`: without the number, as when a person has a user name and has never shared the number.
 * - `id-as-number`: an id stands in the field of the number (`from`, `phone`).
 *
 * Z-API has no callback without `phone`: the lid stands there in the last two.
 */
export type PersonShowing = 'number' | 'number-alone' | 'ids' | 'id-as-number';

/** A person with WhatsApp. */
export interface SimulatedPerson {
  readonly name: string;
  /** Digits, with country and area code, as WhatsApp knows it. Absent: the number is known to no provider. */
  readonly phone?: string;
  /** Z-API's identifier: `81896604192873@lid`. */
  readonly lid: string;
  /** The Cloud API's business-scoped user id: `BR.1A2B3C4D5E6F`. */
  readonly userId: string;
  /** The user id under a parent business: `BR.ENT.7A8B9C`. */
  readonly parentUserId?: string;
  /** WhatsApp's user name. */
  readonly username?: string;
  readonly shows: PersonShowing;
}

/** A person to be known from now on; needs a phone, a lid or a user id. What is not known is derived from it. */
export type NewSimulatedPerson = Partial<SimulatedPerson>;
