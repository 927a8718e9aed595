import type { FailureCategory } from './failure-category.js';

/**
 * What is known of a message after a failure.
 *
 * - `not-sent`: no message went out, and it is safe to send it again.
 * - `unknown`: the request left and no answer was understood. The message may be on its way; sending it again may
 *   duplicate it.
 */
export type Outcome = 'not-sent' | 'unknown';

/** Whom a failure concerns: this account whatever it sends, or this recipient. */
export type FailureScope = 'account' | 'recipient';

/** What an error can say beyond its text. None of it ever holds a header, a URL, a token or a request. */
export interface ErrorDetails {
  /** The provider concerned: `z-api`, `chatvolt`, `whatsapp-cloud`. */
  provider?: string | undefined;
  /** The account's name, as configured. */
  account?: string | undefined;
  /** The HTTP status that the provider answered. */
  status?: number | undefined;
  /** The provider's own error code, as text. */
  providerCode?: string | undefined;
  /** The provider's own words, with this account's secrets blotted out and cut to 500 characters. */
  providerMessage?: string | undefined;
  /** How long the provider, or our own pacing, asks to wait, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** What the failure is about. Default: what its class is usually about. */
  category?: FailureCategory | undefined;
  /** Whom it concerns, if the class does not say. */
  scope?: FailureScope | undefined;
  /** The provider's words hold a number that may be a code or something else. */
  inferred?: boolean | undefined;
}

/**
 * The base of every error that this package throws.
 *
 * @example
 * try {
 *   await messaging.send(message);
 * } catch (error) {
 *   if (error instanceof ButtonMessagingError && error.outcome === 'unknown') {
 *     await this.askSomeoneToLook(error.code);
 *   }
 * }
 */
export abstract class ButtonMessagingError extends Error {
  /** What errors of this class are about, unless they say otherwise. */
  protected static readonly usualCategory: FailureCategory = 'unknown';

  /** The class name in kebab-case without `Error`: `rate-limited`, `unknown-outcome`, … */
  abstract readonly code: string;
  /** Whether the same message may succeed later without anything being changed. */
  readonly retryable: boolean = false;
  /** Whether the message may have gone out. */
  readonly outcome: Outcome = 'not-sent';
  /** The provider concerned. */
  readonly provider?: string;
  /** The account's name, as configured. */
  readonly account?: string;
  /** The HTTP status that the provider answered. */
  readonly status?: number;
  /** The provider's own error code, as text. */
  readonly providerCode?: string;
  /** The provider's own words, without this account's secrets and cut to 500 characters. It may name a telephone number. */
  readonly providerMessage?: string;
  /** How long the provider, or our own pacing, asks to wait, in milliseconds: at most `retry.longestRestMs`. */
  readonly retryAfterMs?: number;
  /** What the failure is about: who has to act, and whether another account may do better. */
  readonly category: FailureCategory;
  /** Whom it concerns, if the class does not say: this account whatever it sends, or this recipient. */
  readonly scope?: FailureScope;
  /**
   * True where class and category were read from a bare number in the provider's words, which may be something else.
   * Nothing is sent again because of it, by no account.
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
