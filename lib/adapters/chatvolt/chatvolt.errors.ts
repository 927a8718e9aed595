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

/** Source: Chatvolt's API reference. A 500 is many things, which only its words tell apart. */
const STATUSES: Readonly<Record<number, ProviderErrorClass>> = {
  401: AuthenticationError,
  402: SubscriptionError,
  403: PermissionError,
  404: RecipientNotFoundError,
  406: WindowClosedError,
};

const WINDOW_CLOSED_CODE = 'ERR_META_SESSION_EXPIRED_24H';

/** Words that surely say that nothing was passed on. Source: Chatvolt's OpenAPI, and its published source. */
const NOT_PASSED_ON: readonly RegExp[] = [
  /^(?:error: )?unsupported communication channel\.?$/i,
  // 408 is a time-out of whoever was asked: what became of the message, it does not say.
  /request failed with status code 4(?!08)\d\d\.?$/i,
];

/**
 * The error that an answer stands for which is no success, or which says that the call failed.
 *
 * @param sent What went out: Chatvolt repeats it in some errors, and what stands in it is no code.
 */
export function chatvoltError(answer: HttpResponse, account: ChatvoltAccount, sent = ''): ButtonMessagingError {
  const refusal = refusalOf(answer.body);
  const { words } = refusal;
  const details = withNamedWait(errorDetails(answer, account, refusal), answer);
  const found = findMetaCode(answer.body, words, sent);
  if (found?.code === WINDOW_CLOSED) return codedError(found, answer.status, details);
  if (holds(refusal, WINDOW_CLOSED_CODE, sent)) return createRejection(WindowClosedError, details);
  if (/^(?:error: )?no conversation found\.?$/i.test(words ?? '')) return noConversation(details);
  if (answer.status === 403 && isBareForbidden(answer.body)) return createRejection(AuthenticationError, details);
  // The agent, or the conversation: another account may have them.
  if (answer.status === 404) return noConversation(details);
  const known = STATUSES[answer.status];
  if (known) return createRejection(known, details);
  if (found) return codedError(found, answer.status, details);
  if (answer.status === 400 || wasNotPassedOn(answer.body, words, sent)) {
    return createRejection(ProviderRejectedError, { ...details, category: 'request' });
  }
  const saysNo = isSuccess(answer) && carriesError(answer.body);
  return saysNo ? createRejection(ProviderRejectedError, details) : errorFromStatus(answer, details);
}

/** Whether a body says that the call failed. */
export function carriesError(body: ResponseBody): boolean {
  if (body.kind !== 'json' || !isRecord(body.value)) return false;
  const { error, success } = body.value;
  return success === false || (error !== undefined && error !== null && error !== false && error !== '');
}

/** Whom Chatvolt knows of no conversation with; another account may have one. */
function noConversation(details: ErrorDetails): ButtonMessagingError {
  return createRejection(RecipientNotFoundError, { ...details, scope: 'account' });
}

/** A server error that holds a bare number may have come after the delivery: nothing is sent again because of it. */
function codedError({ code, certain }: FoundCode, status: number, details: ErrorDetails): ButtonMessagingError {
  if (certain || status < 500) return metaError(code, details);
  const error = metaError(code, { ...details, inferred: true });
  if (!error.retryable) return error;
  const what = `${details.provider} answered ${status}, which does not surely say that the message was refused`;
  return new UnknownOutcomeError(formatErrorMessage(what, details), { ...details, providerCode: String(code) });
}

/** A wait in the body: `error.retryAfter`, in seconds. */
function withNamedWait(details: ErrorDetails, { status, retryAfterMs, body }: HttpResponse): ErrorDetails {
  if (status !== 429 || retryAfterMs !== undefined || body.kind !== 'json' || !isRecord(body.value)) return details;
  const { error } = body.value;
  const seconds = isRecord(error) ? Number(error.retryAfter) : Number.NaN;
  return seconds >= 0 ? { ...details, retryAfterMs: Math.round(seconds * 1_000) } : details;
}

function wasNotPassedOn(body: ResponseBody, words = '', sent: string): boolean {
  if (NOT_PASSED_ON.some((pattern) => pattern.test(words)) && !sent.includes(words)) return true;
  const value = body.kind === 'json' ? body.value : undefined;
  return [value, isRecord(value) ? value.error : undefined, words].some(isSchemaFault);
}

/** The faults that Chatvolt's check of a request found, as JSON: each with its code, its path and its words. */
function isSchemaFault(error: unknown): boolean {
  const faults = typeof error === 'string' ? parsed(error) : error;
  const list = isRecord(faults) ? faults.issues : faults;
  return Array.isArray(list) && list.length > 0 && list.every(isFault);
}

function isFault(fault: unknown): boolean {
  return (
    isRecord(fault) && typeof fault.code === 'string' && typeof fault.message === 'string' && Array.isArray(fault.path)
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** So a wrong key is answered; a JSON object speaks of rights. */
function isBareForbidden(body: ResponseBody): boolean {
  const text = body.kind === 'text' ? body.text : body.kind === 'json' ? body.value : undefined;
  return typeof text === 'string' && /^forbidden\.?$/i.test(text.trim());
}

function holds({ code = '', text = '' }: ProviderFailure, words: string, sent: string): boolean {
  return (code.includes(words) || text.includes(words)) && !sent.includes(words);
}

/** What Chatvolt says, the words of its error apart from the details, which may repeat the request. */
interface ChatvoltRefusal extends ProviderFailure {
  words?: string | undefined;
}

/** `{error: "…"}`, `{error: {message, code}}`, `{error, details}`, or plain text. */
function refusalOf(body: ResponseBody): ChatvoltRefusal {
  if (body.kind === 'text') return { text: body.text, words: body.text };
  if (body.kind !== 'json') return {};
  if (typeof body.value === 'string') return { text: body.value, words: body.value };
  if (!isRecord(body.value)) return {};
  const { error, message } = body.value;
  if (isRecord(error)) {
    const words = textOf(error.message);
    return { code: textOf(error.code), text: words ?? JSON.stringify(error), words };
  }
  const words = textOf(error) ?? textOf(message);
  return { code: textOf(body.value.code) ?? codeLike(words), text: withDetails(words, body.value.details), words };
}

function withDetails(text: string | undefined, details: unknown): string | undefined {
  return details === undefined ? text : [text, JSON.stringify(details)].filter((part) => part !== undefined).join(': ');
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A word in capitals is a code; a sentence is not. */
function codeLike(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Z][A-Z0-9_]+$/.test(text) ? text : undefined;
}
