import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { ButtonMessagingError, ErrorDetails } from '../../errors/button-messaging.error.js';
import { ProviderRejectedError, RateLimitedError } from '../../errors/provider.errors.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { metaCode, metaError } from '../meta-errors.js';
import { createRejection, errorDetails, errorFromStatus, isSuccess } from '../response-errors.js';

const INVALID_PARAMETER = 100;

/**
 * Also the subcode of an invalid parameter: what the path names, the number, does not exist, or the token may not use
 * it. Source: Graph API, error codes; many integrators who gave a wrong number's id.
 */
const MISSING_OBJECT = 33;

/** The error that an answer without a message id stands for: its code decides, never the status. */
export function whatsAppCloudError(answer: HttpResponse, account: WhatsAppCloudAccount): ButtonMessagingError {
  const { body } = answer;
  const error = body.kind === 'json' && isRecord(body.value) ? body.value.error : undefined;
  const facts: Record<string, unknown> = isRecord(error) ? error : {};
  const code = metaCode(facts.code);
  const details = errorDetails(answer, account, {
    text: wordsOf(error) ?? (body.kind === 'text' ? body.text : undefined),
  });
  if (code !== undefined) return codedError(code, facts, answer, details);
  const saysNo = isSuccess(answer) && error !== undefined && error !== null;
  return saysNo ? createRejection(ProviderRejectedError, details) : errorFromStatus(answer, details);
}

/** Meta gives no `Retry-After`: how long a limit of calls lasts stands in a header of its own. */
function codedError(
  code: number,
  facts: Record<string, unknown>,
  answer: HttpResponse,
  details: ErrorDetails,
): ButtonMessagingError {
  const isTransient = facts.is_transient === true;
  if (code === INVALID_PARAMETER && metaCode(facts.error_subcode) === MISSING_OBJECT)
    return metaError(MISSING_OBJECT, details);
  const error = metaError(code, details, isTransient);
  const restMs = error instanceof RateLimitedError ? (error.retryAfterMs ?? namedRest(answer.callUsage)) : undefined;
  return restMs === undefined ? error : metaError(code, { ...details, retryAfterMs: restMs }, isTransient);
}

function wordsOf(error: unknown): string | undefined {
  if (typeof error === 'string' && error !== '') return error;
  if (!isRecord(error)) return undefined;
  const details = isRecord(error.error_data) ? error.error_data.details : undefined;
  const words = [error.message, details].filter((text) => typeof text === 'string' && text !== '');
  return words.length > 0 ? words.join(': ') : undefined;
}

/** Source: Graph API, rate limits. By the business' id, entries with the minutes until its calls are let through again. */
function namedRest(callUsage: string | undefined): number | undefined {
  const usage = callUsage === undefined ? undefined : parsed(callUsage);
  const entries = isRecord(usage) ? Object.values(usage).flat() : [];
  const minutes = entries.map((entry) => (isRecord(entry) ? Number(entry.estimated_time_to_regain_access) : 0));
  const longest = Math.max(0, ...minutes.filter(Number.isFinite));
  return longest > 0 ? longest * 60_000 : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
