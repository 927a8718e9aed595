import type { ErrorDetails } from '../errors/button-messaging.error.js';
import { ProviderUnavailableError } from '../errors/provider.errors.js';

/** The application could not look an account up: no provider was asked. */
export class AccountLookUpError extends ProviderUnavailableError {
  // To callers it is one more way of being unavailable.
  override readonly name = 'ProviderUnavailableError';

  constructor(
    message: string,
    /** What `resolveAccount` did. The words of what it threw may hold anything: they are not among these. */
    readonly trouble: string,
    details: ErrorDetails,
  ) {
    super(message, details);
  }
}
