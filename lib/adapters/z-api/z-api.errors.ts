import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import { isCondition } from '../../errors/account-fault.js';
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

/** What Z-API's words say. `settled: false` where the message may be out all the same. */
interface Meaning {
  words: RegExp;
  type: ProviderErrorClass;
  category: FailureCategory;
  settled?: false;
}

const meaning = (words: RegExp, type: ProviderErrorClass, category: FailureCategory): Meaning => ({
  words,
  type,
  category,
});

/**
 * Z-API has no codes: its words decide, in answers and in callbacks alike. The first that fit count.
 *
 * Source: Z-API's documentation of the send callback and of blocks and bans; the refusals of the account also several
 * integrators.
 */
const MEANINGS: readonly Meaning[] = [
  meaning(/client-token is not configured/i, AuthenticationError, 'authentication'),
  meaning(/client-token not allowed/i, AuthenticationError, 'authentication'),
  meaning(/^null not allowed/i, AuthenticationError, 'authentication'),
  meaning(/instance not found/i, AuthenticationError, 'authentication'),
  // The caller's address is not in the allow-list.
  meaning(/^\[.*\] not allowed/i, PermissionError, 'permission'),
  meaning(/subscribe to this instance again/i, SubscriptionError, 'payment'),
  meaning(/you are not connected/i, ProviderRejectedError, 'number-setup'),
  meaning(/restore the session/i, ProviderRejectedError, 'number-setup'),
  // By these the vendor tells a number that is restricted for a while, whatever it sends.
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
  // A later RECEIVED or READ disproves it.
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

/** What the `error` and `errorCode` of a callback are about. */
export function zApiFailure({ code, text }: { code?: string | undefined; text?: string | undefined }): ReportedFailure {
  const category = meaningOf([code, text])?.category ?? 'unknown';
  return {
    category,
    buttonsRefused: category === 'buttons-refused',
    restsAccount: isCondition(category, undefined),
  };
}

/** The error that an answer without ids stands for. */
export function zApiError(answer: HttpResponse, account: ZApiAccount): ButtonMessagingError {
  const refusal = refusalOf(answer);
  const details = errorDetails(answer, account, refusal ?? {});
  const known = meaningOf([refusal?.code, refusal?.text]);
  if (known?.settled === false) {
    const what = `${details.provider} does not know what became of the message`;
    return new UnknownOutcomeError(formatErrorMessage(what, details), { ...details, category: known.category });
  }
  if (known) return createRejection(known.type, { ...details, category: known.category });
  if (answer.status === 401) return createRejection(AuthenticationError, details);
  const saysNo = refusal !== undefined && answer.body.kind === 'json' && isRecord(answer.body.value);
  return isSuccess(answer) && saysNo
    ? createRejection(ProviderRejectedError, details)
    : errorFromStatus(answer, details);
}

function meaningOf(words: readonly (string | undefined)[]): Meaning | undefined {
  const said = words.filter((text) => text !== undefined);
  return MEANINGS.find((each) => said.some((text) => each.words.test(text)));
}

/** What an answer says against a call; undefined where it says nothing against it. */
function refusalOf({ body }: HttpResponse): ProviderFailure | undefined {
  if (body.kind === 'text') return { text: body.text };
  if (body.kind !== 'json') return undefined;
  if (typeof body.value === 'string') return { text: body.value };
  if (!isRecord(body.value)) return undefined;
  const { error, message, value } = body.value;
  const words = typeof message === 'string' && message !== '' ? message : undefined;
  if (typeof error === 'string' && error !== '') return { code: error, text: words ?? error };
  // The compatible host puts a number there.
  if (typeof error === 'number') return { code: String(error), text: words };
  if (isRecord(error) || error === true || value === false) return { text: words };
  return undefined;
}
