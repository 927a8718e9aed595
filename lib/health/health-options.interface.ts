/** Options of the health indicators. @publicApi */
export interface ButtonMessagingHealthOptions {
  /** How long results are cached, in milliseconds. 0 disables the cache. @default 5000 */
  cacheMs?: number;
  /** Timeout of a check, in milliseconds. After it, the status is down. @default 3000 */
  timeoutMs?: number;
  /**
   * Whether `reason` includes the provider's text. It may contain a phone number or an ID, so do not set it for a
   * public route.
   *
   * @default false
   */
  details?: boolean;
}

/** The options with their defaults. */
export type HealthSettings = Readonly<Required<ButtonMessagingHealthOptions>>;
