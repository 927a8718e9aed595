import type { ButtonMessagingError } from '../errors/button-messaging.error.js';

/** The fields of a structured log line. They contain no phone number and no text of a message. */
export interface LogFields {
  account?: string | undefined;
  provider?: string | undefined;
  /** The provider's name of the request, such as `send-button-actions`. */
  operation?: string | undefined;
  /** `accepted`, or an error's outcome: `not-sent`, `unknown`. */
  outcome?: string | undefined;
  /** An error's code, such as `rate-limited`. */
  code?: string | undefined;
  /** An error's category, such as `payment`. */
  category?: string | undefined;
  /** The HTTP status of the provider's response. */
  status?: number | undefined;
  /** The provider's ID of the message. */
  messageId?: string | undefined;
  /** Our own ID of the message. For a queued one, that of the queue. */
  id?: string | undefined;
  /** Number of requests, or the number of this one. */
  attempts?: number | undefined;
  /** The kind of the event, such as `button-reply`. */
  event?: string | undefined;
  /** The handler that failed, such as `AppointmentsService.confirmed`. */
  handler?: string | undefined;
  /** The class of an error that is not ours. */
  error?: string | undefined;
  /** The stack of an error of the application's own code. */
  stack?: string | undefined;
}

/** Returns the fields of an error. */
export function fieldsOf({ code, category, outcome, status, provider, account }: ButtonMessagingError): LogFields {
  return { code, category, outcome, status, provider, account };
}

/** Returns the fields of an event. */
export function fieldsOfEvent({ account, provider, kind }: Record<'account' | 'provider' | 'kind', string>): LogFields {
  return { account, provider, event: kind };
}

/** Describes an error for the log, without the provider's text, which may repeat what a customer wrote. */
export function loggedError({ code, status, message, providerCode, providerMessage }: ButtonMessagingError): string {
  if (providerCode === undefined && providerMessage === undefined) return message;
  const facts = [code, status && `status ${status}`, isNumber(providerCode) && `provider code ${providerCode}`];
  return facts.filter(Boolean).join(', ');
}
// Some providers have no codes and send a text instead.
function isNumber(providerCode: string | undefined): boolean {
  return providerCode !== undefined && /^\d{1,9}$/.test(providerCode);
}
