/**
 * One thing in a message that its recipient can press.
 *
 * - `reply` and `option` (a row of a list) come back to the sender by webhook.
 * - `url`, `call` and `copy` (one-time codes and Pix keys) act on the recipient's phone and come back by nothing.
 */
export type SimulatedButtonType = 'reply' | 'option' | 'url' | 'call' | 'copy';

/** A button, a list's row, or a carousel card's button, the same for every provider. */
export interface SimulatedButton {
  /** The id in the request; `''` where the request gave none. */
  readonly id: string;
  /** What the recipient reads on it. */
  readonly title: string;
  readonly type: SimulatedButtonType;
}
