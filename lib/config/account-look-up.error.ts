import type { ErrorDetails } from '../errors/button-messaging.error.js';
import { ProviderUnavailableError } from '../errors/provider.errors.js';

/** The application failed to look up an account. No provider was called. */
export class AccountLookUpError extends ProviderUnavailableError {
  // Callers handle it like any other provider that is unavailable.
  override readonly name = 'ProviderUnavailableError';

  constructor(
    message: string,
    /** What `resolveAccount` did. The text of its own error may contain anything and is not included. */
    readonly trouble: string,
    details: ErrorDetails,
  ) {
    super(message, details);
  }
}
