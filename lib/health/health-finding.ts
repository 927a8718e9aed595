import { ButtonMessagingError } from '../errors/button-messaging.error.js';

/** What a check found. No secret is in it: errors of this package hold none, and of others only the name is taken. */
export interface HealthFinding {
  status: 'up' | 'down';
  /** The code of the error: `authentication`, `provider-unavailable`, … */
  code?: string;
  /** Why it is down. */
  reason?: string;
}

/** What an error says of the health of whatever was asked. */
export function findingOf(error: unknown): HealthFinding {
  if (error instanceof ButtonMessagingError) return { status: 'down', code: error.code, reason: error.message };
  return { status: 'down', reason: `the check failed with ${error instanceof Error ? error.name : typeof error}` };
}
