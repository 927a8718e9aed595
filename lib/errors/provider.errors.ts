import { ButtonMessagingError, type ErrorDetails } from './button-messaging.error.js';

/** The provider does not accept the account's credentials. */
export class AuthenticationError extends ButtonMessagingError {
  readonly code = 'authentication';
}

/** The credentials are good, but may not do this. */
export class PermissionError extends ButtonMessagingError {
  readonly code = 'permission';
}

/** The account has no valid subscription at the provider. */
export class SubscriptionError extends ButtonMessagingError {
  readonly code = 'subscription';
}

/** The recipient, or the conversation, does not exist or cannot be reached. */
export class RecipientNotFoundError extends ButtonMessagingError {
  readonly code = 'recipient-not-found';
}

/** The recipient's last message is over 24 hours old: WhatsApp lets only a template through. */
export class WindowClosedError extends ButtonMessagingError {
  readonly code = 'window-closed';
}

/** Too much at once: said by the provider, or by this package's own pacing. */
export class RateLimitedError extends ButtonMessagingError {
  readonly code = 'rate-limited';
  override readonly retryable = true;
  /** Whom the limit concerns: everything that the account sends, or this one recipient. */
  readonly scope: 'account' | 'recipient';

  constructor(message: string, details: ErrorDetails & { scope?: 'account' | 'recipient' } = {}) {
    super(message, details);
    this.scope = details.scope ?? 'account';
  }
}

/** The provider could not be reached or asks to come back later; the message did not go out. */
export class ProviderUnavailableError extends ButtonMessagingError {
  readonly code = 'provider-unavailable';
  override readonly retryable = true;
}

/** The provider refused the message. */
export class ProviderRejectedError extends ButtonMessagingError {
  readonly code = 'provider-rejected';
}
