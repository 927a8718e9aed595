import type { ZApiAccount } from '../../config/account.js';
import type { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import {
  AuthenticationError,
  PermissionError,
  ProviderRejectedError,
  SubscriptionError,
} from '../../errors/provider.errors.js';
import type { HttpAnswer } from '../../transport/http-answer.js';
import { isRecord } from '../../validation/is-record.js';
import { detailsOf, errorOfStatus, isSuccess, type Refusal, type RefusalClass, refusedAs } from '../answer-errors.js';

/** Z-API has no codes: its words decide. Documented, or seen in the field by several integrators. */
const REFUSALS: readonly (readonly [RegExp, RefusalClass])[] = [
  [/client-token is not configured/i, AuthenticationError],
  [/client-token not allowed/i, AuthenticationError],
  [/^null not allowed/i, AuthenticationError],
  [/instance not found/i, AuthenticationError],
  // The caller's address is not in the allow-list.
  [/^\[.*\] not allowed/i, PermissionError],
  [/subscribe to this instance again/i, SubscriptionError],
];

/** What an answer says against a call; undefined where it says nothing against it. */
function refusalOf({ body }: HttpAnswer): Refusal | undefined {
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

/** The error that an answer without ids stands for. */
export function zApiError(answer: HttpAnswer, account: ZApiAccount): ButtonMessagingError {
  const refusal = refusalOf(answer);
  const details = detailsOf(answer, account, refusal ?? {});
  const words = [refusal?.code, refusal?.text].filter((text) => text !== undefined);
  const known = REFUSALS.find(([pattern]) => words.some((text) => pattern.test(text)));
  if (known) return refusedAs(known[1], details);
  if (answer.status === 401) return refusedAs(AuthenticationError, details);
  const saysNo = refusal !== undefined && answer.body.kind === 'json' && isRecord(answer.body.value);
  return isSuccess(answer) && saysNo ? refusedAs(ProviderRejectedError, details) : errorOfStatus(answer, details);
}
