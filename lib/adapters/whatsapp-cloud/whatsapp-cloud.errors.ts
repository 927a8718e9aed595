import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { ButtonMessagingError, ErrorDetails } from '../../errors/button-messaging.error.js';
import type { FailureCategory } from '../../errors/failure-category.js';
import { MediaNotFoundError } from '../../errors/media.errors.js';
import { ProviderRejectedError, RateLimitedError } from '../../errors/provider.errors.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { parseJson } from '../json-fields.js';
import { metaCode, metaError } from '../meta-errors.js';
import { createRejection, errorDetails, errorFromStatus, isSuccess } from '../response-errors.js';

const INVALID_PARAMETER = 100;

/**
 * Also the subcode of an invalid parameter: the phone number ID in the path does not exist, or the token has no access
 * to it.
 *
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
const MISSING_OBJECT = 33;

/** Returns the error of a response without a message ID. Its code decides, not the status. */
export function whatsAppCloudError(response: HttpResponse, account: WhatsAppCloudAccount): ButtonMessagingError {
  const { body } = response;
  const error = body.kind === 'json' && isRecord(body.value) ? body.value.error : undefined;
  const facts: Record<string, unknown> = isRecord(error) ? error : {};
  const code = metaCode(facts.code);
  const details = errorDetails(response, account, {
    text: wordsOf(error) ?? (body.kind === 'text' ? body.text : undefined),
  });
  if (code !== undefined) return codedError(code, facts, response, details);
  const isRejected = isSuccess(response) && error !== undefined && error !== null;
  return isRejected ? createRejection(ProviderRejectedError, details) : errorFromStatus(response, details);
}

/** Categories of errors whose codes do not say more than the status. */
const UNSPECIFIC: readonly FailureCategory[] = ['unknown', 'request'];

/** Returns the error of a response about a file. A missing object is the file, not the phone number of the account. */
export function whatsAppCloudMediaError(response: HttpResponse, account: WhatsAppCloudAccount): ButtonMessagingError {
  const error = whatsAppCloudError(response, account);
  const isGone = (response.status === 404 || response.status === 410) && UNSPECIFIC.includes(error.category);
  if (!isGone && error.providerCode !== `${MISSING_OBJECT}`) return error;
  const message = 'whatsapp-cloud does not have the file, or the access token has no access to it';
  return new MediaNotFoundError(message, { ...error, category: 'media' });
}

/** Meta sends no `Retry-After`. The duration of a rate limit is in a header of its own. */
function codedError(
  code: number,
  facts: Record<string, unknown>,
  response: HttpResponse,
  details: ErrorDetails,
): ButtonMessagingError {
  const isTransient = facts.is_transient === true;
  if (code === INVALID_PARAMETER && metaCode(facts.error_subcode) === MISSING_OBJECT)
    return metaError(MISSING_OBJECT, details);
  const error = metaError(code, details, isTransient);
  const retryAfterMs =
    error instanceof RateLimitedError ? (error.retryAfterMs ?? retryAfterOf(response.callUsage)) : undefined;
  return retryAfterMs === undefined ? error : metaError(code, { ...details, retryAfterMs }, isTransient);
}

function wordsOf(error: unknown): string | undefined {
  if (typeof error === 'string' && error !== '') return error;
  if (!isRecord(error)) return undefined;
  const details = isRecord(error.error_data) ? error.error_data.details : undefined;
  const texts = [error.message, details].filter((text) => typeof text === 'string' && text !== '');
  return texts.length > 0 ? texts.join(': ') : undefined;
}

/**
 * Returns the longest time until requests are accepted again, in milliseconds. The header has entries in minutes.
 *
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
function retryAfterOf(callUsage: string | undefined): number | undefined {
  const usage = parseJson(callUsage ?? '');
  const entries = isRecord(usage) ? Object.values(usage).flat() : [];
  const minutes = entries.map((entry) => (isRecord(entry) ? Number(entry.estimated_time_to_regain_access) : 0));
  const longest = Math.max(0, ...minutes.filter(Number.isFinite));
  return longest > 0 ? longest * 60_000 : undefined;
}
