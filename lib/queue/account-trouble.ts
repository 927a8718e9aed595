import { AccountLookUpError } from '../config/account-look-up.error.js';
import { isAccountCondition } from '../errors/account-fault.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { RateLimitedError } from '../errors/provider.errors.js';
import { ConfigurationError, UnknownAccountError } from '../errors/setup.errors.js';
import { BreakerOpenError } from '../resilience/breaker-open.error.js';

const NO_REQUEST_MADE = [BreakerOpenError, AccountLookUpError, UnknownAccountError, ConfigurationError];

/**
 * What a failure says of its account. None of it is the message's own, and none of it uses up an attempt.
 *
 * - `turn`: the account, or this recipient, has its turn later.
 * - `closed`: nobody was asked, and nobody will be for a while.
 * - `troubled`: this request was refused for a reason of the account or of its provider.
 */
export type AccountTrouble = 'turn' | 'closed' | 'troubled';

/** What a failure says of its account; undefined where it is about the message. */
export function troubleOf(error: ButtonMessagingError): AccountTrouble | undefined {
  if (error.outcome !== 'not-sent' || error.inferred) return undefined;
  if (error instanceof RateLimitedError) return 'turn';
  if (NO_REQUEST_MADE.some((kind) => error instanceof kind)) return 'closed';
  const concernsAll = error.category === 'unavailable' ? error.scope !== 'recipient' : isAccountCondition(error);
  return concernsAll ? 'troubled' : undefined;
}
