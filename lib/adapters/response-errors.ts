import type { Account } from '../config/accounts/account.js';
import type { ButtonMessagingError, ErrorDetails } from '../errors/button-messaging.error.js';
import type { FailureCategory } from '../errors/failure-category.js';
import { UnknownOutcomeError } from '../errors/outcome.errors.js';
import {
  AuthenticationError,
  type PermissionError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  type RecipientNotFoundError,
  type SubscriptionError,
  type WindowClosedError,
} from '../errors/provider.errors.js';
import type { HttpResponse } from '../transport/http-response.js';
import { redactProviderText } from './redact-provider-text.js';

/** The classes that a provider's own codes and words can mean. */
export type ProviderErrorClass =
  | typeof AuthenticationError
  | typeof PermissionError
  | typeof SubscriptionError
  | typeof RecipientNotFoundError
  | typeof WindowClosedError
  | typeof RateLimitedError
  | typeof ProviderUnavailableError
  | typeof ProviderRejectedError;

/** What a provider said about its refusal. */
export interface ProviderFailure {
  code?: string | undefined;
  text?: string | undefined;
}

/** What a failed status is about. */
export interface ReportedFailure {
  category: FailureCategory;
  /** The fault lies in what was sent beyond its text: the text alone may pass. */
  buttonsRefused: boolean;
  /** The account is refused whatever it sends: it had better be left alone for a while. */
  restsAccount: boolean;
}

/** What an error says of an answer. */
export function errorDetails(answer: HttpResponse, account: Account, refusal: ProviderFailure): ErrorDetails {
  return {
    provider: account.provider,
    account: account.name,
    status: answer.status,
    retryAfterMs: answer.retryAfterMs,
    providerCode: refusal.code === undefined ? undefined : redactProviderText(refusal.code, account),
    providerMessage: refusal.text === undefined ? undefined : redactProviderText(refusal.text, account),
  };
}

/** The sentence of an error: what happened, and the provider's words. */
export function formatErrorMessage(what: string, details: ErrorDetails): string {
  const words = details.providerMessage ?? details.providerCode;
  return words === undefined ? what : `${what}: ${words}`;
}

export function isSuccess(answer: HttpResponse): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** The error of a class that the provider's own code or words decided. */
export function createRejection(type: ProviderErrorClass, details: ErrorDetails): ButtonMessagingError {
  return new type(formatErrorMessage(`${details.provider} refused the call`, details), details);
}

/** What a status means where the provider's own code and words decide nothing. */
export function errorFromStatus(answer: HttpResponse, details: ErrorDetails): ButtonMessagingError {
  const { status } = answer;
  if (status === 429) return createRejection(RateLimitedError, details);
  if (status === 503 && answer.retryAfterMs !== undefined) return createRejection(ProviderUnavailableError, details);
  if (status >= 300 && status < 500) return createRejection(ProviderRejectedError, details);
  const what = `${details.provider} answered ${status}, which does not say what became of the message`;
  return new UnknownOutcomeError(formatErrorMessage(what, details), details);
}
