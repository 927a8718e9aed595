/**
 * The type of a button.
 *
 * - `reply` and `option` (a row of a list) cause a webhook.
 * - `url`, `call` and `copy` (one-time codes and Pix keys) act on the recipient's phone and cause none.
 * - `flow`, `location`, `contact` and `call-permission` ask for something. `reply()` sends it.
 *
 * @publicApi
 */
export type SimulatedButtonType =
  | 'reply'
  | 'option'
  | 'url'
  | 'call'
  | 'copy'
  | 'flow'
  | 'location'
  | 'contact'
  | 'call-permission';

/** A button, a list's row, or a carousel card's button, in the same format for every provider. @publicApi */
export interface SimulatedButton {
  /** The ID in the request. Empty if the request has none. */
  readonly id: string;
  /** The text of the button. */
  readonly title: string;
  readonly type: SimulatedButtonType;
}
