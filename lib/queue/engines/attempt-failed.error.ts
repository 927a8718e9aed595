import type { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { failedReasonOf } from '../queued-message.mapper.js';

const BASE_MS = 1_000;
const MAX_DELAY_MS = 60_000;

/** The message was not sent and may be retried. BullMQ stores the text, which contains code and message. */
export class AttemptFailedError extends Error {
  readonly retryAfterMs: number;

  constructor(cause: ButtonMessagingError) {
    super(failedReasonOf(cause));
    this.retryAfterMs = cause.retryAfterMs ?? 0;
  }
}

/** Returns the delay of the next attempt. It doubles each time, and is at least what the provider requests. */
export function backoffDelay(attempts: number, error: Error | undefined): number {
  const requested = error instanceof AttemptFailedError ? error.retryAfterMs : 0;
  return Math.max(Math.min(BASE_MS * 2 ** (attempts - 1), MAX_DELAY_MS), requested);
}
