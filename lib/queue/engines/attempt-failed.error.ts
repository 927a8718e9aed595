import type { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { failedReasonOf } from '../queued-message.mapper.js';

const BASE_MS = 1_000;
const MAX_DELAY_MS = 60_000;

/** A message was not sent, and may be tried again. BullMQ keeps the text, from which code and words are read again. */
export class AttemptFailedError extends Error {
  readonly retryAfterMs: number;

  constructor(cause: ButtonMessagingError) {
    super(failedReasonOf(cause));
    this.retryAfterMs = cause.retryAfterMs ?? 0;
  }
}

/** Twice as long each time, and as long as the provider asks for. */
export function backoffDelay(attempts: number, error: Error | undefined): number {
  const asked = error instanceof AttemptFailedError ? error.retryAfterMs : 0;
  return Math.max(Math.min(BASE_MS * 2 ** (attempts - 1), MAX_DELAY_MS), asked);
}
