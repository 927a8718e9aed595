import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import { isCondition } from '../../errors/account-errors.js';
import type { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import type { FailureCategory } from '../../errors/failure-category.js';
import { UnknownOutcomeError } from '../../errors/outcome.errors.js';
import {
  AuthenticationError,
  PermissionError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RecipientNotFoundError,
  SubscriptionError,
} from '../../errors/provider.errors.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import {
  createRejection,
  errorDetails,
  errorFromStatus,
  formatErrorMessage,
  isSuccess,
  type ProviderErrorClass,
  type ProviderFailure,
  type ReportedFailure,
} from '../response-errors.js';

/** The meaning of a text. With `settled: false`, the message may have been sent. */
interface Meaning {
  pattern: RegExp;
  type: ProviderErrorClass;
  category: FailureCategory;
  settled?: false;
}

const meaning = (pattern: RegExp, type: ProviderErrorClass, category: FailureCategory): Meaning => ({
  pattern,
  type,
  category,
});

/**
 * The meanings of Z-API's texts, in responses and callbacks. Z-API has no codes. The first match counts.
 *
 * @see https://developer.z-api.io/en/webhooks/on-message-send
 */
const MEANINGS: readonly Meaning[] = [
  meaning(/client-token is not configured/i, AuthenticationError, 'authentication'),
  meaning(/client-token not allowed/i, AuthenticationError, 'authentication'),
  meaning(/^null not allowed/i, AuthenticationError, 'authentication'),
  meaning(/instance not found/i, AuthenticationError, 'authentication'),
  // The caller's IP address is not in the allow list.
  meaning(/^\[.*\] not allowed/i, PermissionError, 'permission'),
  meaning(/subscribe to this instance again/i, SubscriptionError, 'payment'),
  meaning(/you are not connected/i, ProviderRejectedError, 'number-setup'),
  meaning(/restore the session/i, ProviderRejectedError, 'number-setup'),
  // Z-API uses these texts for a temporarily restricted phone number.
  meaning(/shadow[ _-]?ban/i, ProviderRejectedError, 'account-restricted'),
  meaning(/whatsapp rejected sending this message/i, ProviderRejectedError, 'account-restricted'),
  meaning(/did not have permission to send this message/i, ProviderRejectedError, 'account-restricted'),
  meaning(/whatsapp did not allow sending this message/i, PermissionError, 'permission'),
  meaning(/does not have permission to send the message/i, PermissionError, 'permission'),
  meaning(/message this group as you don.?t have permission/i, PermissionError, 'permission'),
  meaning(/accept buttons message terms/i, ProviderRejectedError, 'buttons-refused'),
  meaning(
    /^(?:modifychat|call|document|ptv|location|contacts|payment|chat expiration|sendpin).*not available to channels/i,
    ProviderRejectedError,
    'request',
  ),
  meaning(/not available to channels/i, ProviderRejectedError, 'buttons-refused'),
  meaning(/phone (?:number )?(?:does )?not exists?\b/i, RecipientNotFoundError, 'recipient'),
  meaning(/invalid phone number/i, RecipientNotFoundError, 'recipient'),
  // A later RECEIVED or READ status contradicts it.
  { ...meaning(/timeout on send message/i, ProviderUnavailableError, 'unavailable'), settled: false },
  { ...meaning(/error on send message/i, ProviderUnavailableError, 'unavailable'), settled: false },
  meaning(/not possible to send message to queue/i, ProviderUnavailableError, 'unavailable'),
  meaning(/invalid media url/i, ProviderRejectedError, 'media'),
  meaning(/got a 404 error while trying to send/i, ProviderRejectedError, 'media'),
  meaning(/not a valid url in the media format/i, ProviderRejectedError, 'media'),
  meaning(/unsupported sticker format/i, ProviderRejectedError, 'media'),
  meaning(/error occurred in the conversion/i, ProviderRejectedError, 'media'),
  meaning(/only be sent in groups/i, ProviderRejectedError, 'request'),
  meaning(/invalid request (?:params|data)/i, ProviderRejectedError, 'request'),
  meaning(/more than 7 days/i, ProviderRejectedError, 'request'),
];

/** Returns the meaning of `error` and `errorCode` of a callback. */
export function zApiFailure({ code, text }: { code?: string | undefined; text?: string | undefined }): ReportedFailure {
  const category = meaningOf([code, text])?.category ?? 'unknown';
  return {
    category,
    buttonsRefused: category === 'buttons-refused',
    opensCircuit: isCondition(category, undefined),
  };
}

/** Returns the error of a response without IDs. */
export function zApiError(response: HttpResponse, account: ZApiAccount): ButtonMessagingError {
  const failure = readFailure(response);
  const details = errorDetails(response, account, failure ?? {});
  const known = meaningOf([failure?.code, failure?.text]);
  if (known?.settled === false) {
    const what = `${details.provider} does not know whether the message was sent`;
    return new UnknownOutcomeError(formatErrorMessage(what, details), { ...details, category: known.category });
  }
  if (known) return createRejection(known.type, { ...details, category: known.category });
  if (response.status === 401) return createRejection(AuthenticationError, details);
  const isRejected = failure !== undefined && response.body.kind === 'json' && isRecord(response.body.value);
  return isSuccess(response) && isRejected
    ? createRejection(ProviderRejectedError, details)
    : errorFromStatus(response, details);
}

function meaningOf(texts: readonly (string | undefined)[]): Meaning | undefined {
  const given = texts.filter((text) => text !== undefined);
  return MEANINGS.find((each) => given.some((text) => each.pattern.test(text)));
}

/** Returns the error in a response. Returns undefined if it has none. */
function readFailure({ body }: HttpResponse): ProviderFailure | undefined {
  if (body.kind === 'text') return { text: body.text };
  if (body.kind !== 'json') return undefined;
  if (typeof body.value === 'string') return { text: body.value };
  if (!isRecord(body.value)) return undefined;
  const { error, message, value } = body.value;
  const text = typeof message === 'string' && message !== '' ? message : undefined;
  if (typeof error === 'string' && error !== '') return { code: error, text: text ?? error };
  // Z-API's compatible host uses a number.
  if (typeof error === 'number') return { code: String(error), text };
  if (isRecord(error) || error === true || value === false) return { text };
  return undefined;
}
