/** How the health indicators ask. */
export interface ButtonMessagingHealthOptions {
  /** How long a result is given again before it is asked for anew, in milliseconds. Default: 5,000. 0 keeps none. */
  cacheMs?: number;
  /** How long one check may take, in milliseconds; then it is down. Default: 3,000. */
  timeoutMs?: number;
  /**
   * Whether `reason` holds the provider's own words. They may name a phone number or an id, so leave them out of a route
   * that is open to anybody.
   *
   * @default false
   */
  details?: boolean;
}

/** The options as they are used. */
export type HealthSettings = Readonly<Required<ButtonMessagingHealthOptions>>;
