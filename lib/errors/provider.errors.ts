import { ButtonMessagingError, type ErrorDetails, type FailureScope } from './button-messaging.error.js';
import type { FailureCategory } from './failure-category.js';

/** The provider does not accept the account's credentials. @publicApi */
export class AuthenticationError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'authentication';
  readonly code = 'authentication';
}

/** The credentials are valid, but lack a permission. @publicApi */
export class PermissionError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'permission';
  readonly code = 'permission';
}

/** The account has no valid subscription at the provider. @publicApi */
export class SubscriptionError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'payment';
  readonly code = 'subscription';
}

/**
 * The recipient or conversation does not exist or cannot be reached.
 *
 * The `scope` is `account` if this account does not know the recipient, and another one may.
 *
 * @publicApi
 */
export class RecipientNotFoundError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'recipient';
  readonly code = 'recipient-not-found';
}

/** The recipient's last message is over 24 hours old, so WhatsApp accepts only templates. @publicApi */
export class WindowClosedError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'window-closed';
  readonly code = 'window-closed';
}

/** A rate limit of the provider or of this package was exceeded. @publicApi */
export class RateLimitedError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'rate-limited';
  readonly code = 'rate-limited';
  override readonly retryable = true;
  /** Whether the limit concerns all messages of the account, or this recipient. */
  override readonly scope: FailureScope;
  /** `minutes` if the limit takes minutes to expire and the provider does not report how many. */
  readonly lasts?: 'minutes';

  constructor(message: string, details: ErrorDetails & { lasts?: 'minutes' | undefined } = {}) {
    super(message, details);
    this.scope = details.scope ?? 'account';
    if (details.lasts !== undefined) this.lasts = details.lasts;
  }
}

/** The provider could not be reached or is temporarily unavailable. Nothing was sent. @publicApi */
export class ProviderUnavailableError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'unavailable';
  readonly code = 'provider-unavailable';
  override readonly retryable = true;
}

/** The provider rejected the message. @publicApi */
export class ProviderRejectedError extends ButtonMessagingError {
  readonly code = 'provider-rejected';
}
