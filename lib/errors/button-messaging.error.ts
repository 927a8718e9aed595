import type { FailureCategory } from './failure-category.js';

/**
 * What is known of a message after a failure.
 *
 * - `not-sent`: nothing was sent. It is safe to send the message again.
 * - `unknown`: the request was started and no valid response arrived. The message may have been sent, so sending it again
 *   may cause a duplicate.
 *
 * @publicApi
 */
export type Outcome = 'not-sent' | 'unknown';

/** Whether a failure concerns all messages of the account, or only this recipient. @publicApi */
export type FailureScope = 'account' | 'recipient';

/** The details of an error. They never contain a header, a URL, a token or a request. @publicApi */
export interface ErrorDetails {
  /** The provider: `z-api`, `chatvolt`, `whatsapp-cloud`. */
  provider?: string | undefined;
  /** The account's name. */
  account?: string | undefined;
  /** The HTTP status of the provider's response. */
  status?: number | undefined;
  /** The provider's error code. */
  providerCode?: string | undefined;
  /** The provider's text without the account's secrets, up to 500 characters. */
  providerMessage?: string | undefined;
  /** The wait that the provider or our rate limit requires, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** What the failure is about. @default the usual category of the class */
  category?: FailureCategory | undefined;
  /** Whom the failure concerns, if the class does not define it. */
  scope?: FailureScope | undefined;
  /** The provider's text contains a number that may or may not be an error code. */
  inferred?: boolean | undefined;
}

/**
 * The base class of all errors of this package.
 *
 * @example
 * try {
 *   await messaging.send(message);
 * } catch (error) {
 *   if (error instanceof ButtonMessagingError && error.outcome === 'unknown') {
 *     await this.askSomeoneToLook(error.code);
 *   }
 * }
 *
 * @publicApi
 */
export abstract class ButtonMessagingError extends Error {
  /** The category of errors of this class, unless they define another. */
  protected static readonly usualCategory: FailureCategory = 'unknown';

  /** The class name in kebab-case without `Error`, such as `rate-limited` or `unknown-outcome`. */
  abstract readonly code: string;
  /** Whether the same message may succeed later. */
  readonly retryable: boolean = false;
  /** Whether the message may have been sent. */
  readonly outcome: Outcome = 'not-sent';
  /** The provider: `z-api`, `chatvolt`, `whatsapp-cloud`. */
  readonly provider?: string;
  /** The account's name. */
  readonly account?: string;
  /** The HTTP status of the provider's response. */
  readonly status?: number;
  /** The provider's error code. */
  readonly providerCode?: string;
  /** The provider's text without the account's secrets, up to 500 characters. It may contain a phone number. */
  readonly providerMessage?: string;
  /** The wait that the provider or our rate limit requires, in milliseconds: at most `retry.longestRestMs`. */
  readonly retryAfterMs?: number;
  /** What the failure is about: who must act, and whether another account may succeed. */
  readonly category: FailureCategory;
  /** Whom the failure concerns, if the class does not define it: all messages of the account, or this recipient. */
  readonly scope?: FailureScope;
  /**
   * True if class and category come from a bare number in the provider's text, which may not be an error code. Such an
   * error is never retried and causes no failover.
   */
  readonly inferred?: true;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = new.target.name;
    if (details.provider !== undefined) this.provider = details.provider;
    if (details.account !== undefined) this.account = details.account;
    if (details.status !== undefined) this.status = details.status;
    if (details.providerCode !== undefined) this.providerCode = details.providerCode;
    if (details.providerMessage !== undefined) this.providerMessage = details.providerMessage;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
    this.category = details.category ?? new.target.usualCategory;
    if (details.scope !== undefined) this.scope = details.scope;
    if (details.inferred === true) this.inferred = true;
  }
}
