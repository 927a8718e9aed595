import { ButtonMessagingError, type Outcome } from '../errors/button-messaging.error.js';

/** The queue's engine does not respond, or rejected a request. @publicApi */
export class QueueUnavailableError extends ButtonMessagingError {
  readonly code = 'queue-unavailable';
  override readonly retryable = true;
  override readonly outcome: Outcome;

  constructor(
    message: string,
    /** `not-sent` if the queue did not accept the message, `unknown` if it may have. */
    outcome: Outcome,
    /** The driver's error, without the command and its values. */
    cause?: Error,
  ) {
    super(message);
    if (cause) this.cause = cause;
    this.outcome = outcome;
  }
}
