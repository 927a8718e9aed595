import type { ButtonMessagingError } from '../errors/button-messaging.error.js';

/** What a log line is about, in fields, for loggers that write JSON. No telephone number and no text is in them. */
export interface LogFields {
  account?: string | undefined;
  provider?: string | undefined;
  /** The provider's own name of the call, as `send-button-actions`. */
  operation?: string | undefined;
  /** `accepted`, or an error's outcome: `not-sent`, `unknown`. */
  outcome?: string | undefined;
  /** An error's code, as `rate-limited`. */
  code?: string | undefined;
  /** What the error is about, as `payment`. */
  category?: string | undefined;
  /** The HTTP status that the provider answered. */
  status?: number | undefined;
  /** The provider's id of the message. */
  messageId?: string | undefined;
  /** Our own id of the message; of a queued one, the queue's. */
  id?: string | undefined;
  /** How many requests it took, or which of them it was. */
  attempts?: number | undefined;
  /** The kind of the event, as `button-reply`. */
  event?: string | undefined;
  /** The handler that failed, as `AppointmentsService.confirmed`. */
  handler?: string | undefined;
  /** The class of an error that is none of ours. */
  error?: string | undefined;
  /** Its stack, where it is one of the application's own code. */
  stack?: string | undefined;
}

/** The fields of an error. */
export function fieldsOf({ code, category, outcome, status, provider, account }: ButtonMessagingError): LogFields {
  return { code, category, outcome, status, provider, account };
}
