/** How long sent messages are remembered: as long as providers repeat their callbacks. */
export const RETENTION_MS = 7 * 24 * 60 * 60 * 1_000;

/** The options of the shared stores of sent messages. */
export interface SharedSentMessageOptions {
  /**
   * How long a message is remembered, in milliseconds; 0 remembers none. The last five with buttons to one recipient are
   * remembered together, as long as the newest of them. The bound is an age and not a number: the server drops by age
   * what is never counted.
   *
   * @default 604_800_000, seven days
   */
  keepMs?: number;
}
