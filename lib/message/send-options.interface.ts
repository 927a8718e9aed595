/** The names of a call's options, which the compiler compares with the options' interface. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/** The names of any options. */
export type AnyOptionNames = Readonly<Record<string, true>>;

/** The options of every send. @publicApi */
export interface SendOptions {
  /** The account's name. @default the module's `defaultAccount`, or the only account */
  account?: string;
  /** Aborts the send: before the request as `not-sent`, after it as `unknown`. */
  signal?: AbortSignal;
  /** Timeout of one attempt, including the connection, in milliseconds. @default the module's `http.timeoutMs` */
  timeoutMs?: number;
  /**
   * Maximum duration of the whole send in milliseconds: rate limiting, all attempts and failover.
   *
   * @default undefined (no limit)
   */
  deadlineMs?: number;
  /** Sends one message per key within 24 hours. Later calls return the same result. */
  idempotencyKey?: string;
  /**
   * Your own data about the message: at most 50 texts of 500 characters. `SentMessage.metadata` returns it, also in the
   * `sent` of later events. The provider does not receive it.
   */
  metadata?: Record<string, string>;
}

/** The names of the options of every send. */
export const SEND_OPTIONS: OptionNames<SendOptions> = {
  account: true,
  signal: true,
  timeoutMs: true,
  deadlineMs: true,
  idempotencyKey: true,
  metadata: true,
};
