/** How long sent messages are remembered: as long as providers repeat their callbacks. */
export const KEPT_MS = 7 * 24 * 60 * 60 * 1_000;

/** The options of the shared stores of sent messages. */
export interface SharedSentMessageOptions {
  /**
   * How long a message is remembered, in milliseconds; 0 remembers none. The bound is an age and not a number: the
   * server drops by age what nobody has to count. Default: seven days.
   */
  keepMs?: number;
}
