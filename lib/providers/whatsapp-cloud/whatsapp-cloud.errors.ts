import type { WhatsAppCloudAccount } from '../../config/account.js';
import type { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import type { HttpAnswer } from '../../transport/http-answer.js';
import { isRecord } from '../../validation/is-record.js';
import { detailsOf, errorOfStatus } from '../answer-errors.js';
import { metaCode, metaError } from '../meta-errors.js';

/** The error that an answer without a message id stands for: its code decides, never the status. */
export function whatsAppCloudError(answer: HttpAnswer, account: WhatsAppCloudAccount): ButtonMessagingError {
  const { body } = answer;
  const error = body.kind === 'json' && isRecord(body.value) ? body.value.error : undefined;
  const code = isRecord(error) ? metaCode(error.code) : undefined;
  const details = detailsOf(answer, account, {
    text: wordsOf(error) ?? (body.kind === 'text' ? body.text : undefined),
  });
  return code === undefined ? errorOfStatus(answer, details) : metaError(code, details);
}

function wordsOf(error: unknown): string | undefined {
  if (!isRecord(error)) return undefined;
  const details = isRecord(error.error_data) ? error.error_data.details : undefined;
  const words = [error.message, details].filter((text) => typeof text === 'string' && text !== '');
  return words.length > 0 ? words.join(': ') : undefined;
}
