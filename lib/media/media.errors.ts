import type { Account } from '../config/accounts/account.js';
import type { ButtonMessagingError, ErrorDetails } from '../errors/button-messaging.error.js';
import { MediaCorruptedError, MediaNotFoundError, MediaTooLargeError } from '../errors/media.errors.js';
import { SendAbortedError } from '../errors/outcome.errors.js';
import {
  AuthenticationError,
  PermissionError,
  ProviderRejectedError,
  ProviderUnavailableError,
} from '../errors/provider.errors.js';
import { firstValue, parseRetryAfter, type RawHttpResponse } from '../transport/http-response.js';
import type { StreamInterruption } from '../transport/response-stream.js';

type OfAccount = Pick<Account, 'provider' | 'name'>;

/**
 * Returns the error of a response without a file.
 *
 * The host of the files may not be the provider's API, so its rate limit is not that of the account.
 *
 * @param hasCredentials Whether the request had the account's credentials.
 */
export function responseError(
  { status, headers }: RawHttpResponse,
  account: OfAccount,
  hasCredentials: boolean,
): ButtonMessagingError {
  const details = { ...detailsOf(account), status };
  const responded = `${account.provider} responded with ${status} to the download of a file`;
  if (status === 404 || status === 410) {
    return new MediaNotFoundError(`${responded}. The file does not exist, or no longer`, details);
  }
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfterMs = parseRetryAfter(firstValue(headers['retry-after']));
    return new ProviderUnavailableError(responded, { ...details, retryAfterMs });
  }
  if (status === 401 && hasCredentials) return new AuthenticationError(responded, details);
  if (status === 403 && hasCredentials) return new PermissionError(responded, details);
  return new ProviderRejectedError(responded, { ...details, category: 'media' });
}

/** Returns the error of a response that is not followed or not read. */
export function rejectedFileError(account: OfAccount, what: string): ProviderRejectedError {
  return new ProviderRejectedError(`${account.provider} ${what}`, { ...detailsOf(account), category: 'media' });
}

export function tooLargeError(account: OfAccount, maxBytes: number): MediaTooLargeError {
  const message = `The file is larger than maxBytes, which is ${maxBytes}`;
  return new MediaTooLargeError(message, detailsOf(account));
}

export function corruptedError(account: OfAccount): MediaCorruptedError {
  const message = 'The SHA-256 hash of the file is not the one that the provider reported. Download it again';
  return new MediaCorruptedError(message, detailsOf(account));
}

/** Returns the error of a stream that ended early. */
export function interruptedError(by: StreamInterruption, account: OfAccount, idleMs: number): ButtonMessagingError {
  const details = detailsOf(account);
  switch (by.kind) {
    case 'aborted':
      return new SendAbortedError('The download was aborted', 'not-sent', details);
    case 'idle':
      return new ProviderUnavailableError(`The download made no progress for ${Math.round(idleMs)} ms`, details);
    case 'broken':
      return new ProviderUnavailableError(`The download was interrupted (${by.reason})`, details);
  }
}

function detailsOf({ provider, name: account }: OfAccount): ErrorDetails {
  return { provider, account };
}
