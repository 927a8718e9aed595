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
  ) {
    super(message);
    this.outcome = outcome;
  }
}
