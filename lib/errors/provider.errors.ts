import { ButtonMessagingError, type ErrorDetails, type FailureScope } from './button-messaging.error.js';
import type { FailureCategory } from './failure-category.js';

/** The provider does not accept the account's credentials. */
export class AuthenticationError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'authentication';
  readonly code = 'authentication';
}

/** The credentials are good, but may not do this. */
export class PermissionError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'permission';
  readonly code = 'permission';
}

/** The account has no valid subscription at the provider. */
export class SubscriptionError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'payment';
  readonly code = 'subscription';
}

/**
 * The recipient, or the conversation, does not exist or cannot be reached. Its `scope` is `account` where this account
 * does not know the recipient, and another may.
 */
export class RecipientNotFoundError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'recipient';
  readonly code = 'recipient-not-found';
}

/** The recipient's last message is over 24 hours old: WhatsApp lets only a template through. */
export class WindowClosedError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'window-closed';
  readonly code = 'window-closed';
}

/** Too much at once: said by the provider, or by this package's own pacing. */
export class RateLimitedError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'rate-limited';
  readonly code = 'rate-limited';
  override readonly retryable = true;
  /** Whom the limit concerns: everything that the account sends, or this one recipient. */
  override readonly scope: FailureScope;
  /** `minutes` where such a limit takes minutes to pass, and the provider does not say how many. */
  readonly lasts?: 'minutes';

  constructor(message: string, details: ErrorDetails & { lasts?: 'minutes' | undefined } = {}) {
    super(message, details);
    this.scope = details.scope ?? 'account';
    if (details.lasts !== undefined) this.lasts = details.lasts;
  }
}

/** The provider could not be reached or asks to come back later; the message did not go out. */
export class ProviderUnavailableError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'unavailable';
  readonly code = 'provider-unavailable';
  override readonly retryable = true;
}

/** The provider refused the message. */
export class ProviderRejectedError extends ButtonMessagingError {
  readonly code = 'provider-rejected';
}
