import type { ButtonMessagingError, FailureScope } from './button-messaging.error.js';
import type { FailureCategory } from './failure-category.js';
import { UnsupportedMessageError } from './message.errors.js';
import { RateLimitedError } from './provider.errors.js';

/** What is the account's own affair: another account may do better. */
const OF_THE_ACCOUNT: ReadonlySet<FailureCategory> = new Set([
  'window-closed',
  'rate-limited',
  'payment',
  'account-restricted',
  'number-setup',
  'authentication',
  'permission',
  'buttons-refused',
  'unavailable',
]);

/** What refuses whatever the account sends, until its owner acts or time has passed. */
const CONDITIONS: ReadonlySet<FailureCategory> = new Set([
  'rate-limited',
  'payment',
  'account-restricted',
  'number-setup',
  'authentication',
]);

/** Whether another account may send what this one did not: nothing was sent, surely, for a reason of the account's own. */
export function isAccountFault(error: ButtonMessagingError): boolean {
  if (error.outcome !== 'not-sent' || error.inferred) return false;
  if (error instanceof UnsupportedMessageError) return true;
  // An account that does not know the recipient.
  return OF_THE_ACCOUNT.has(error.category) || (error.category === 'recipient' && error.scope === 'account');
}

/** Whether an answer says that the account is refused whatever it sends. Limits that name their wait have pauses. */
export function isAccountCondition(error: ButtonMessagingError): boolean {
  if (error.outcome !== 'not-sent' || error.inferred || error instanceof RateLimitedError) return false;
  return isCondition(error.category, error.scope);
}

/** The same of a failure that a status reports. */
export function isCondition(category: FailureCategory, scope: FailureScope | undefined): boolean {
  return CONDITIONS.has(category) && scope !== 'recipient';
}
