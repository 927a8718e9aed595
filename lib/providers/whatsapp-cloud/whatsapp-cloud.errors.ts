import type { WhatsAppCloudAccount } from '../../config/account.js';
import type { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { ProviderRejectedError } from '../../errors/provider.errors.js';
import type { HttpAnswer } from '../../transport/http-answer.js';
import { isRecord } from '../../validation/is-record.js';
import { detailsOf, errorOfStatus, isSuccess, refusedAs } from '../answer-errors.js';
import { metaCode, metaError } from '../meta-errors.js';

/** The error that an answer without a message id stands for: its code decides, never the status. */
export function whatsAppCloudError(answer: HttpAnswer, account: WhatsAppCloudAccount): ButtonMessagingError {
  const { body } = answer;
  const error = body.kind === 'json' && isRecord(body.value) ? body.value.error : undefined;
  const code = isRecord(error) ? metaCode(error.code) : undefined;
  const details = detailsOf(answer, account, {
    text: wordsOf(error) ?? (body.kind === 'text' ? body.text : undefined),
  });
  if (code !== undefined) return metaError(code, details);
  const saysNo = isSuccess(answer) && error !== undefined && error !== null;
  return saysNo ? refusedAs(ProviderRejectedError, details) : errorOfStatus(answer, details);
}

function wordsOf(error: unknown): string | undefined {
  if (typeof error === 'string' && error !== '') return error;
  if (!isRecord(error)) return undefined;
  const details = isRecord(error.error_data) ? error.error_data.details : undefined;
  const words = [error.message, details].filter((text) => typeof text === 'string' && text !== '');
  return words.length > 0 ? words.join(': ') : undefined;
}
