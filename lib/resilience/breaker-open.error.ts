import { ProviderUnavailableError } from '../errors/provider.errors.js';

/** The circuit breaker of the account is open. No provider was called. */
export class BreakerOpenError extends ProviderUnavailableError {
  // Callers handle it like any other provider that is unavailable.
  override readonly name = 'ProviderUnavailableError';
}
