import type { Account } from '../config/accounts/account.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import { ProviderUnavailableError, RateLimitedError } from '../errors/provider.errors.js';
import { BreakerOpenError } from '../resilience/breaker-open.error.js';
import type { RawHttpResponse } from '../transport/http-response.js';
import type { AttemptLimits, AttemptOutcome } from '../transport/request-attempt.js';
import { formatErrorMessage } from './response-errors.js';

/** The answer of an attempt that got one. */
export function responseOf(end: AttemptOutcome, account: Account): RawHttpResponse {
  if (end.kind === 'answered') return end.answer;
  throw attemptError(end, account);
}

function attemptError(end: Exclude<AttemptOutcome, { kind: 'answered' }>, account: Account): ButtonMessagingError {
  const details = accountDetails(account);
  switch (end.kind) {
    case 'never-left':
      return new ProviderUnavailableError(`${account.provider} could not be reached (${end.reason})`, details);
    case 'lost':
      return new UnknownOutcomeError(
        `The request to ${account.provider} left, and no answer came back (${end.reason})`,
        details,
      );
    case 'closed':
      return new SendAbortedError('The application is shut down; nothing is sent any more', 'not-sent', details);
    case 'aborted':
      return end.left
        ? new SendAbortedError('The send was aborted after its request had left', 'unknown', details)
        : new SendAbortedError('The send was aborted before its request left', 'not-sent', details);
  }
}

/** A read sends nothing, whatever became of it. */
export function readError(
  error: ButtonMessagingError,
  { account, operation }: { account: Account; operation: string },
): ButtonMessagingError {
  if (error.outcome === 'not-sent') return error;
  const details = { ...error, ...accountDetails(account), category: undefined };
  if (error instanceof SendAbortedError) {
    return new SendAbortedError(`The call ${operation} was aborted`, 'not-sent', details);
  }
  if (error.status === undefined) return new ProviderUnavailableError(error.message, details);
  const what = `${account.provider} answered ${error.status} to the call ${operation}, which could not be understood`;
  return new ProviderUnavailableError(formatErrorMessage(what, details), details);
}

/** There was no connection for a request: it did not leave. */
export function noConnectionError(account: Account, { signal }: AttemptLimits): ButtonMessagingError {
  return attemptError(
    signal?.aborted
      ? { kind: 'aborted', left: false }
      : { kind: 'never-left', reason: 'no connection was free in time' },
    account,
  );
}

/** Whether nobody was asked: our own pace or a breaker refused. */
export function isOwnRefusal(error: ButtonMessagingError): boolean {
  return error instanceof BreakerOpenError || (error instanceof RateLimitedError && error.status === undefined);
}

export function accountDetails(account: Account) {
  return { provider: account.provider, account: account.name };
}
