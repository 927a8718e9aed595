import type { SentMessage } from '../message/sent-message.interface.js';
import { ButtonMessagingError, type ErrorDetails, type Outcome } from './button-messaging.error.js';

/**
 * The request was started and no valid response arrived, so the message may have been sent. It is not retried by default.
 *
 * @publicApi
 */
export class UnknownOutcomeError extends ButtonMessagingError {
  readonly code = 'unknown-outcome';
  override readonly outcome = 'unknown';
  /** The `id` of the `SentMessage`. If the outcome is settled later, the event contains it. */
  id?: string;
  /** The accepted parts of a split message whose later part failed. */
  readonly parts?: readonly SentMessage[];

  constructor(message: string, details: ErrorDetails & { parts?: readonly SentMessage[] } = {}) {
    super(message, details);
    if (details.parts) this.parts = details.parts;
  }
}

/** The caller's signal, or the shutdown of the application, aborted the send. @publicApi */
export class SendAbortedError extends ButtonMessagingError {
  readonly code = 'send-aborted';
  override readonly outcome: Outcome;

  constructor(
    message: string,
    /** `not-sent` before the request was started, `unknown` after. */
    outcome: Outcome,
    details: ErrorDetails = {},
  ) {
    super(message, details);
    this.outcome = outcome;
  }
}

/** No reply arrived within the timeout of `ask()`. The message itself was sent. @publicApi */
export class ReplyTimeoutError extends ButtonMessagingError {
  readonly code = 'reply-timeout';
  /** The message was sent, so this is never `not-sent`: a caller would send it again. */
  override readonly outcome = 'unknown';
}
