import type { Account } from '../config/accounts/account.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import { ProviderUnavailableError, RateLimitedError } from '../errors/provider.errors.js';
import { BreakerOpenError } from '../resilience/breaker-open.error.js';
import type { RawHttpResponse } from '../transport/http-response.js';
import type { AttemptLimits, AttemptOutcome } from '../transport/request-attempt.js';
import { formatErrorMessage } from './response-errors.js';

interface AttemptedCall {
  account: Account;
  operation: string;
  repeatable: boolean;
}

/** Returns the response of an attempt. @throws ButtonMessagingError if it has none. */
export function responseOf(end: AttemptOutcome, call: AttemptedCall): RawHttpResponse {
  if (end.kind === 'answered') return end.answer;
  if (end.kind === 'no-response' && call.repeatable) throw unansweredRead(call, end.reason);
  throw attemptError(end, call.account);
}

/** Returns the response to a read. @throws ButtonMessagingError if it has none. */
export function readResponseOf(end: AttemptOutcome, call: Omit<AttemptedCall, 'repeatable'>): RawHttpResponse {
  if (end.kind === 'answered') return end.answer;
  if (end.kind === 'no-response') throw unansweredRead(call, end.reason);
  throw readError(attemptError(end, call.account), call);
}

function unansweredRead(
  { account, operation }: Omit<AttemptedCall, 'repeatable'>,
  reason: string,
): ButtonMessagingError {
  const message = `${account.provider} did not respond to the request ${operation} (${reason})`;
  return new ProviderUnavailableError(message, accountDetails(account));
}

function attemptError(end: Exclude<AttemptOutcome, { kind: 'answered' }>, account: Account): ButtonMessagingError {
  const details = accountDetails(account);
  switch (end.kind) {
    case 'not-sent':
      return new ProviderUnavailableError(`${account.provider} could not be reached (${end.reason})`, details);
    case 'no-response':
      return new UnknownOutcomeError(
        `${account.provider} did not respond after the request was sent (${end.reason}). The message may have been sent`,
        details,
      );
    case 'closed':
      return new SendAbortedError('The application is shutting down and sends no more messages', 'not-sent', details);
    case 'aborted':
      return end.requestStarted
        ? new SendAbortedError(
            'The send was aborted after its request was sent. The message may have been sent',
            'unknown',
            details,
          )
        : new SendAbortedError('The send was aborted before its request was sent', 'not-sent', details);
  }
}

/** Converts the error of a read. A read sends no message, so its outcome is never unknown. */
export function readError(
  error: ButtonMessagingError,
  { account, operation }: { account: Account; operation: string },
): ButtonMessagingError {
  if (error.outcome === 'not-sent') return error;
  const details = { ...error, ...accountDetails(account), category: undefined };
  if (error instanceof SendAbortedError) {
    return new SendAbortedError(`The request ${operation} was aborted`, 'not-sent', details);
  }
  if (error.status === undefined) return new ProviderUnavailableError(error.message, details);
  const what = `${account.provider} responded with ${error.status} to the request ${operation}. The response is invalid`;
  return new ProviderUnavailableError(formatErrorMessage(what, details), details);
}

/** Returns the error of an unknown exception. It may have occurred after the request was sent. */
export function unexpectedError({ account, repeatable }: AttemptedCall): ButtonMessagingError {
  const what = 'Unexpected error while handling the response';
  return new UnknownOutcomeError(
    repeatable ? what : `${what}. The message may have been sent`,
    accountDetails(account),
  );
}

/** Returns the error of a request that got no connection and was not sent. */
export function noConnectionError(account: Account, { signal }: AttemptLimits): ButtonMessagingError {
  return attemptError(
    signal?.aborted
      ? { kind: 'aborted', requestStarted: false }
      : { kind: 'not-sent', reason: 'no connection was free in time' },
    account,
  );
}

/** Checks if a rate limit or circuit breaker of this package rejected the request, before it was sent. */
export function isLocalRejection(error: ButtonMessagingError): boolean {
  return error instanceof BreakerOpenError || (error instanceof RateLimitedError && error.status === undefined);
}

function accountDetails(account: Account) {
  return { provider: account.provider, account: account.name };
}
