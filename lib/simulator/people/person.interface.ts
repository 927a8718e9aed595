/**
 * How webhooks identify a person.
 *
 * - `number`: by phone number, with the IDs. The default since 2026.
 * - `number-alone`: by phone number, without WhatsApp's user ID, as in older versions of the Cloud API. Z-API still has
 * the
 *   lid.
 * - `ids`: without the phone number, for a person with a user name who has not shared the number.
 * - `id-as-number`: the field of the phone number (`from`, `phone`) contains an ID.
 *
 * Z-API has no callback without `phone`. It contains the lid in the last two cases.
 *
 * @publicApi
 */
export type PersonShowing = 'number' | 'number-alone' | 'ids' | 'id-as-number';

/** A person with WhatsApp. @publicApi */
export interface SimulatedPerson {
  readonly name: string;
  /** The digits with country and area code. Missing if providers do not know the number. */
  readonly phone?: string;
  /** Z-API's identifier: `81896604192873@lid`. */
  readonly lid: string;
  /** The Cloud API's business-scoped user id: `BR.1A2B3C4D5E6F`. */
  readonly userId: string;
  /** The user ID of a parent business: `BR.ENT.7A8B9C`. */
  readonly parentUserId?: string;
  /** WhatsApp's user name. */
  readonly username?: string;
  readonly shows: PersonShowing;
}

/** A person to add. It requires a phone number, a lid or a user ID. The rest is derived from it. @publicApi */
export type NewSimulatedPerson = Partial<SimulatedPerson>;
