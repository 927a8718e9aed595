import type { ProviderHealth } from '../adapters/provider-adapter.interface.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { errorName } from '../errors/error-name.js';

/**
 * The result of a check. It contains no secrets: errors of this package have none, and of other errors only the name is
 * used.
 *
 * @publicApi
 */
export interface HealthFinding {
  status: 'up' | 'down';
  /** The code of the error: `authentication`, `provider-unavailable`, … */
  code?: string;
  /** Why it is down. */
  reason?: string;
}

/**
 * Converts an error to a result.
 *
 * @param withDetails Whether to include the provider's text. It may contain a phone number, and health routes are often
 * public.
 */
export function findingOf(error: unknown, withDetails = false): HealthFinding {
  if (error instanceof ButtonMessagingError) {
    return { status: 'down', code: error.code, reason: withDetails ? error.message : ownText(error) };
  }
  return { status: 'down', reason: `the check threw ${errorName(error)}` };
}

/** Converts the health of a provider to a result. @param withDetails Whether to include the provider's text. */
export function findingOfHealth(health: ProviderHealth, withDetails: boolean): HealthFinding {
  if (health.status === 'up') return { status: 'up' };
  const detail = withDetails && health.detail ? `: ${health.detail}` : '';
  return { status: 'down', reason: health.reason + detail };
}

/** Returns the message of an error without the provider's text, which is at its end. */
function ownText({ message, provider, providerMessage, providerCode, status }: ButtonMessagingError): string {
  const theirs = providerMessage ?? providerCode;
  if (theirs === undefined) return message;
  const what = message.endsWith(`: ${theirs}`)
    ? message.slice(0, -theirs.length - 2)
    : `${provider} rejected the request`;
  return status === undefined ? what : `${what} (status ${status})`;
}
