import { ProviderUnavailableError } from '../errors/provider.errors.js';

/** Nobody was asked: the account is left alone for a while. */
export class BreakerOpenError extends ProviderUnavailableError {
  // To callers it is one more way of being unavailable.
  override readonly name = 'ProviderUnavailableError';
}
