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

/** The errors that a provider's code or text can mean. */
export type ProviderErrorClass =
  | typeof AuthenticationError
  | typeof PermissionError
  | typeof SubscriptionError
  | typeof RecipientNotFoundError
  | typeof WindowClosedError
  | typeof RateLimitedError
  | typeof ProviderUnavailableError
  | typeof ProviderRejectedError;

/** The code and text of a provider's error. */
export interface ProviderFailure {
  code?: string | undefined;
  text?: string | undefined;
}

/** The meaning of a failed status. */
export interface ReportedFailure {
  category: FailureCategory;
  /** The cause is not the text. A message with the text alone may be accepted. */
  buttonsRefused: boolean;
  /** The provider rejects all messages of the account, so the circuit opens. */
  opensCircuit: boolean;
}

/** Returns the details of an error from a response. */
export function errorDetails(response: HttpResponse, account: Account, failure: ProviderFailure): ErrorDetails {
  return {
    provider: account.provider,
    account: account.name,
    status: response.status,
    retryAfterMs: response.retryAfterMs,
    providerCode: failure.code === undefined ? undefined : redactProviderText(failure.code, account),
    providerMessage: failure.text === undefined ? undefined : redactProviderText(failure.text, account),
  };
}

/** Formats an error message: the event and the provider's text. */
export function formatErrorMessage(what: string, details: ErrorDetails): string {
  const text = details.providerMessage ?? details.providerCode;
  return text === undefined ? what : `${what}: ${text}`;
}

export function isSuccess(response: HttpResponse): boolean {
  return response.status >= 200 && response.status < 300;
}

/** Creates the error of a rejected request. */
export function createRejection(type: ProviderErrorClass, details: ErrorDetails): ButtonMessagingError {
  return new type(formatErrorMessage(`${details.provider} rejected the request`, details), details);
}

/** Returns the error of a status, if neither code nor text is known. */
export function errorFromStatus(response: HttpResponse, details: ErrorDetails): ButtonMessagingError {
  const { status } = response;
  if (status === 429) return createRejection(RateLimitedError, details);
  if (status === 503 && response.retryAfterMs !== undefined) return createRejection(ProviderUnavailableError, details);
  if (status >= 300 && status < 500) return createRejection(ProviderRejectedError, details);
  const what = `${details.provider} responded with ${status}. The message may have been sent`;
  return new UnknownOutcomeError(formatErrorMessage(what, details), details);
}
