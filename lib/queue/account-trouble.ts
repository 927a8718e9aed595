import { AccountLookUpError } from '../config/account-look-up.error.js';
import { isAccountCondition } from '../errors/account-fault.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { RateLimitedError } from '../errors/provider.errors.js';
import { ConfigurationError, UnknownAccountError } from '../errors/setup.errors.js';
import { BreakerOpenError } from '../resilience/breaker-open.error.js';

const NO_REQUEST_MADE = [BreakerOpenError, AccountLookUpError, UnknownAccountError, ConfigurationError];

/**
 * What a failure means for its account. It is not caused by the message, so it does not count as an attempt.
 *
 * - `rate-limited`: the account, or this recipient, has to wait for its slot.
 * - `closed`: no request was made, and none will be for a while.
 * - `unavailable`: the request failed because of the account or of its provider.
 */
export type AccountTrouble = 'rate-limited' | 'closed' | 'unavailable';

/** Returns what a failure means for its account, or undefined if the message caused it. */
export function troubleOf(error: ButtonMessagingError): AccountTrouble | undefined {
  if (error.outcome !== 'not-sent' || error.inferred) return undefined;
  if (error instanceof RateLimitedError) return 'rate-limited';
  if (NO_REQUEST_MADE.some((kind) => error instanceof kind)) return 'closed';
  const concernsAll = error.category === 'unavailable' ? error.scope !== 'recipient' : isAccountCondition(error);
  return concernsAll ? 'unavailable' : undefined;
}
