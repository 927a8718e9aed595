import type { ProviderHealth } from '../adapters/provider-adapter.interface.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { errorName } from '../errors/error-name.js';

/** What a check found. No secret is in it: errors of this package hold none, and of others only the name is taken. */
export interface HealthFinding {
  status: 'up' | 'down';
  /** The code of the error: `authentication`, `provider-unavailable`, … */
  code?: string;
  /** Why it is down. */
  reason?: string;
}

/**
 * What an error says of the health of whatever was asked.
 *
 * @param withDetails Keeps the provider's words, which may name a phone number: health routes often are open to anybody.
 */
export function findingOf(error: unknown, withDetails = false): HealthFinding {
  if (error instanceof ButtonMessagingError) {
    return { status: 'down', code: error.code, reason: withDetails ? error.message : ownWords(error) };
  }
  return { status: 'down', reason: `the check failed with ${errorName(error)}` };
}

/** @param withDetails Keeps the provider's words. */
export function findingOfHealth(health: ProviderHealth, withDetails: boolean): HealthFinding {
  if (health.status === 'up') return { status: 'up' };
  const words = withDetails && health.detail ? `: ${health.detail}` : '';
  return { status: 'down', reason: health.reason + words };
}

/** What we ourselves say of an error, in which the provider's words stand last. */
function ownWords({ message, provider, providerMessage, providerCode, status }: ButtonMessagingError): string {
  const theirs = providerMessage ?? providerCode;
  if (theirs === undefined) return message;
  const what = message.endsWith(`: ${theirs}`) ? message.slice(0, -theirs.length - 2) : `${provider} refused the call`;
  return status === undefined ? what : `${what} (status ${status})`;
}
