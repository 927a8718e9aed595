import type { SentMessage } from '../message/sent-message.interface.js';
import { ButtonMessagingError, type ErrorDetails, type Outcome } from './button-messaging.error.js';

/** The request left and no answer was understood: the message may be on its way. It is never sent again by itself. */
export class UnknownOutcomeError extends ButtonMessagingError {
  readonly code = 'unknown-outcome';
  override readonly outcome = 'unknown';
  /** The `id` that the `SentMessage` would have had: if the outcome is settled later, the event names it. */
  id?: string;
  /** Where a message went out in parts and a later part failed: the parts that were accepted. */
  readonly parts?: readonly SentMessage[];

  constructor(message: string, details: ErrorDetails & { parts?: readonly SentMessage[] } = {}) {
    super(message, details);
    if (details.parts) this.parts = details.parts;
  }
}

/** The caller's signal, or the shutdown of the application, ended the send. */
export class SendAbortedError extends ButtonMessagingError {
  readonly code = 'send-aborted';
  override readonly outcome: Outcome;

  constructor(
    message: string,
    /** `not-sent` before the request left, `unknown` after. */
    outcome: Outcome,
    details: ErrorDetails = {},
  ) {
    super(message, details);
    this.outcome = outcome;
  }
}

/** Nobody answered in the time given to `ask()`. The question itself was sent. */
export class ReplyTimeoutError extends ButtonMessagingError {
  readonly code = 'reply-timeout';
  /** The question is out, so this is never `not-sent`: whoever sends again on `not-sent` would ask twice. */
  override readonly outcome = 'unknown';
}
