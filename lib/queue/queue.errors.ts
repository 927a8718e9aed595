import { ButtonMessagingError, type Outcome } from '../errors/button-messaging.error.js';

/** The queue's engine does not answer. */
export class QueueUnavailableError extends ButtonMessagingError {
  readonly code = 'queue-unavailable';
  override readonly retryable = true;
  override readonly outcome: Outcome;

  constructor(
    message: string,
    /** `not-sent` where the message was refused, `unknown` where it may have been taken all the same. */
    outcome: Outcome,
    /** What the driver said, without what was asked for. */
    cause?: Error,
  ) {
    super(message);
    if (cause) this.cause = cause;
    this.outcome = outcome;
  }
}
