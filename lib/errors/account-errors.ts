import type { ButtonMessagingError, FailureScope } from './button-messaging.error.js';
import type { FailureCategory } from './failure-category.js';
import { UnsupportedMessageError } from './message.errors.js';
import { RateLimitedError } from './provider.errors.js';

/** Failures of all messages of the account, until its owner acts or time passes. */
const CONDITIONS: ReadonlySet<FailureCategory> = new Set([
  'rate-limited',
  'payment',
  'account-restricted',
  'number-setup',
  'authentication',
]);

/** Failures that concern the account, so that another account may succeed. */
const OF_THE_ACCOUNT: ReadonlySet<FailureCategory> = new Set([
  ...CONDITIONS,
  'window-closed',
  'permission',
  'buttons-refused',
  'unavailable',
]);

/** Whether another account may send the message: nothing was sent, with certainty, because of the account. */
export function mayAnotherAccountSend(error: ButtonMessagingError): boolean {
  if (error.outcome !== 'not-sent' || error.inferred) return false;
  if (error instanceof UnsupportedMessageError) return true;
  // This account does not know the recipient, but another may.
  return OF_THE_ACCOUNT.has(error.category) || (error.category === 'recipient' && error.scope === 'account');
}

/** Whether the provider rejects all messages of the account. Excludes rate limits, which pause the account instead. */
export function isAccountCondition(error: ButtonMessagingError): boolean {
  if (error.outcome !== 'not-sent' || error.inferred || error instanceof RateLimitedError) return false;
  return isCondition(error.category, error.scope);
}

/** Whether a failed status means that the provider rejects all messages of the account. */
export function isCondition(category: FailureCategory, scope: FailureScope | undefined): boolean {
  return CONDITIONS.has(category) && scope !== 'recipient';
}
