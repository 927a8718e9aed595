import type { ErrorDetails } from '../errors/button-messaging.error.js';
import { ProviderUnavailableError } from '../errors/provider.errors.js';

/** The application could not look an account up: no provider was asked. */
export class AccountLookUpError extends ProviderUnavailableError {
  // To callers it is one more way of being unavailable.
  override readonly name = 'ProviderUnavailableError';

  constructor(
    message: string,
    /** The class of what `resolveAccount` threw. Its words may hold anything. */
    readonly thrown: string,
    details: ErrorDetails,
  ) {
    super(message, details);
  }
}
