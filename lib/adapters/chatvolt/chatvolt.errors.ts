import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { ButtonMessagingError, ErrorDetails } from '../../errors/button-messaging.error.js';
import { UnknownOutcomeError } from '../../errors/outcome.errors.js';
import {
  AuthenticationError,
  PermissionError,
  ProviderRejectedError,
  RecipientNotFoundError,
  SubscriptionError,
  WindowClosedError,
} from '../../errors/provider.errors.js';
import type { HttpResponse, ResponseBody } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { parseJson, textOrNumberIn } from '../json-fields.js';
import { metaError, WINDOW_CLOSED } from '../meta-errors.js';
import {
  createRejection,
  errorDetails,
  errorFromStatus,
  formatErrorMessage,
  isSuccess,
  type ProviderErrorClass,
  type ProviderFailure,
} from '../response-errors.js';
import { type FoundCode, findMetaCode } from './meta-code-finder.js';

/** The meaning of statuses. 500 has several, which only its text distinguishes. Source: Chatvolt's API reference. */
const STATUSES: Readonly<Record<number, ProviderErrorClass>> = {
  401: AuthenticationError,
  402: SubscriptionError,
  403: PermissionError,
  404: RecipientNotFoundError,
  406: WindowClosedError,
};

const WINDOW_CLOSED_CODE = 'ERR_META_SESSION_EXPIRED_24H';

/** Texts which mean that the message was not forwarded. Source: Chatvolt's OpenAPI document and published source. */
const NOT_FORWARDED: readonly RegExp[] = [
  /^(?:error: )?unsupported communication channel\.?$/i,
  // 408 is a timeout of the upstream service. The outcome of the message is unknown.
  /request failed with status code 4(?!08)\d\d\.?$/i,
];

/**
 * Returns the error of a response that is not a success, or that reports a failure.
 *
 * @param sent The request. Chatvolt repeats it in some errors, and codes in it are ignored.
 */
export function chatvoltError(response: HttpResponse, account: ChatvoltAccount, sent = ''): ButtonMessagingError {
  const failure = readFailure(response.body);
  const { mainText } = failure;
  const details = withRetryAfter(errorDetails(response, account, failure), response);
  const found = findMetaCode(response.body, mainText, sent);
  if (found?.code === WINDOW_CLOSED) return codedError(found, response.status, details);
  if (contains(failure, WINDOW_CLOSED_CODE, sent)) return createRejection(WindowClosedError, details);
  if (/^(?:error: )?no conversation found\.?$/i.test(mainText ?? '')) return noConversation(details);
  if (response.status === 403 && isBareForbidden(response.body)) return createRejection(AuthenticationError, details);
  // The agent or conversation is unknown. Another account may have it.
  if (response.status === 404) return noConversation(details);
  const known = STATUSES[response.status];
  if (known) return createRejection(known, details);
  if (found) return codedError(found, response.status, details);
  if (response.status === 400 || wasNotForwarded(response.body, mainText, sent)) {
    return createRejection(ProviderRejectedError, { ...details, category: 'request' });
  }
  const isRejected = isSuccess(response) && reportsError(response.body);
  return isRejected ? createRejection(ProviderRejectedError, details) : errorFromStatus(response, details);
}

/** Checks if a body reports that the request failed. */
export function reportsError(body: ResponseBody): boolean {
  if (body.kind !== 'json' || !isRecord(body.value)) return false;
  const { error, success } = body.value;
  return success === false || (error !== undefined && error !== null && error !== false && error !== '');
}

/** Returns the error of a recipient without a conversation. Another account may have one. */
function noConversation(details: ErrorDetails): ButtonMessagingError {
  return createRejection(RecipientNotFoundError, { ...details, scope: 'account' });
}

/** A server error with a bare number may follow a successful send, so its outcome is unknown. */
function codedError({ code, certain }: FoundCode, status: number, details: ErrorDetails): ButtonMessagingError {
  if (certain || status < 500) return metaError(code, details);
  const error = metaError(code, { ...details, inferred: true });
  if (!error.retryable) return error;
  const what = `${details.provider} responded with ${status} and a code that may come from Meta. The message may have been sent`;
  return new UnknownOutcomeError(formatErrorMessage(what, details), { ...details, providerCode: String(code) });
}

/** Reads the retry delay of the body: `error.retryAfter`, in seconds. */
function withRetryAfter(details: ErrorDetails, { status, retryAfterMs, body }: HttpResponse): ErrorDetails {
  if (status !== 429 || retryAfterMs !== undefined || body.kind !== 'json' || !isRecord(body.value)) return details;
  const { error } = body.value;
  const seconds = isRecord(error) ? Number(error.retryAfter) : Number.NaN;
  return seconds >= 0 ? { ...details, retryAfterMs: Math.round(seconds * 1_000) } : details;
}

function wasNotForwarded(body: ResponseBody, mainText = '', sent: string): boolean {
  if (NOT_FORWARDED.some((pattern) => pattern.test(mainText)) && !sent.includes(mainText)) return true;
  const value = body.kind === 'json' ? body.value : undefined;
  return [value, isRecord(value) ? value.error : undefined, mainText].some(isValidationIssues);
}

/** Checks for the validation issues of Chatvolt, in JSON: each with code, path and message. */
function isValidationIssues(error: unknown): boolean {
  const issues = typeof error === 'string' ? parseJson(error) : error;
  const list = isRecord(issues) ? issues.issues : issues;
  return Array.isArray(list) && list.length > 0 && list.every(isIssue);
}

function isIssue(issue: unknown): boolean {
  return (
    isRecord(issue) && typeof issue.code === 'string' && typeof issue.message === 'string' && Array.isArray(issue.path)
  );
}

/** Checks for the response to a wrong key. A JSON object reports missing permissions instead. */
function isBareForbidden(body: ResponseBody): boolean {
  const text = body.kind === 'text' ? body.text : body.kind === 'json' ? body.value : undefined;
  return typeof text === 'string' && /^forbidden\.?$/i.test(text.trim());
}

function contains({ code = '', text = '' }: ProviderFailure, part: string, sent: string): boolean {
  return (code.includes(part) || text.includes(part)) && !sent.includes(part);
}

/** An error of Chatvolt. `mainText` excludes its details, which may repeat the request. */
interface ChatvoltFailure extends ProviderFailure {
  mainText?: string | undefined;
}

/** Reads `{error: "…"}`, `{error: {message, code}}`, `{error, details}`, or plain text. */
function readFailure(body: ResponseBody): ChatvoltFailure {
  if (body.kind === 'text') return { text: body.text, mainText: body.text };
  if (body.kind !== 'json') return {};
  if (typeof body.value === 'string') return { text: body.value, mainText: body.value };
  if (!isRecord(body.value)) return {};
  const { error, message } = body.value;
  if (isRecord(error)) {
    const mainText = textOrNumberIn(error.message);
    return { code: textOrNumberIn(error.code), text: mainText ?? JSON.stringify(error), mainText };
  }
  const mainText = textOrNumberIn(error) ?? textOrNumberIn(message);
  return {
    code: textOrNumberIn(body.value.code) ?? codeLike(mainText),
    text: withDetails(mainText, body.value.details),
    mainText,
  };
}

function withDetails(text: string | undefined, details: unknown): string | undefined {
  return details === undefined ? text : [text, JSON.stringify(details)].filter((part) => part !== undefined).join(': ');
}

/** Returns a word in capitals as a code. Sentences are not codes. */
function codeLike(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Z][A-Z0-9_]+$/.test(text) ? text : undefined;
}
