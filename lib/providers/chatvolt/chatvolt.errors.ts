import type { ChatvoltAccount } from '../../config/account.js';
import type { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import {
  AuthenticationError,
  PermissionError,
  ProviderRejectedError,
  RecipientNotFoundError,
  SubscriptionError,
  WindowClosedError,
} from '../../errors/provider.errors.js';
import type { AnswerBody, HttpAnswer } from '../../transport/http-answer.js';
import { isRecord } from '../../validation/is-record.js';
import { detailsOf, errorOfStatus, isSuccess, type Refusal, type RefusalClass, refusedAs } from '../answer-errors.js';
import { metaCode, metaError, WINDOW_CLOSED } from '../meta-errors.js';

/** Source: Chatvolt's API reference. A 500 carries faults of the caller as well, which only Meta's code tells apart. */
const STATUSES: Readonly<Record<number, RefusalClass>> = {
  401: AuthenticationError,
  402: SubscriptionError,
  403: PermissionError,
  404: RecipientNotFoundError,
};

const WINDOW_CLOSED_CODE = 'ERR_META_SESSION_EXPIRED_24H';

/** The error that an answer stands for which is no success, or which carries an error and no ids. */
export function chatvoltError(answer: HttpAnswer, account: ChatvoltAccount): ButtonMessagingError {
  const refusal = refusalOf(answer.body);
  const details = detailsOf(answer, account, refusal);
  const code = metaCodeIn(refusal);
  if (code === WINDOW_CLOSED) return metaError(code, details);
  if (refusal.code === WINDOW_CLOSED_CODE) return refusedAs(WindowClosedError, details);
  const known = STATUSES[answer.status];
  if (known) return refusedAs(known, details);
  if (code !== undefined) return metaError(code, details);
  const saysNo = isSuccess(answer) && carriesError(answer.body);
  return saysNo ? refusedAs(ProviderRejectedError, details) : errorOfStatus(answer, details);
}

/** Whether a body says that the call failed. */
export function carriesError(body: AnswerBody): boolean {
  if (body.kind !== 'json' || !isRecord(body.value)) return false;
  const { error, success } = body.value;
  return success === false || (error !== undefined && error !== null && error !== false && error !== '');
}

/** `{error: "…"}`, `{error: {message, code}}`, `{error, details}`, or plain text. */
function refusalOf(body: AnswerBody): Refusal {
  if (body.kind === 'text') return { text: body.text };
  if (body.kind !== 'json') return {};
  if (typeof body.value === 'string') return { text: body.value };
  if (!isRecord(body.value)) return {};
  const { error, message } = body.value;
  if (isRecord(error)) return { code: textOf(error.code), text: textOf(error.message) ?? JSON.stringify(error) };
  const text = textOf(error) ?? textOf(message);
  return { code: textOf(body.value.code) ?? codeLike(text), text: withDetails(text, body.value.details) };
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

/** Meta's codes of messaging begin with 13; what has a unit behind it counts something else. */
const BARE_CODE = /(?<!\d)13\d{4}(?!\d)(?!\s*(?:ms|s|milliseconds|seconds|bytes)\b)/i;

/** Meta's code, as `code`, as `(#n)`, or bare. */
function metaCodeIn({ code, text = '' }: Refusal): number | undefined {
  const given = metaCode(code);
  if (given !== undefined && !isHttpStatus(given)) return given;
  const written = /\(#(\d+)\)/.exec(text)?.[1] ?? BARE_CODE.exec(text)?.[0];
  return metaCode(written);
}

// A `code` that repeats a status is the gateway's own, and says nothing of Meta.
function isHttpStatus(code: number): boolean {
  return code >= 400 && code <= 599;
}
