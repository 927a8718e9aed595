import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { isSuccess } from '../response-errors.js';
import { whatsAppCloudError } from './whatsapp-cloud.errors.js';

/** The id that WhatsApp gave a message. It is accepted; what became of it comes by webhook. */
export interface CloudSendResult {
  /** `wamid.…`; statuses and replies name it. */
  messageId: string;
  /** The recipient as WhatsApp knows it, which may differ from the number given. */
  waId?: string;
  /** The recipient's business-scoped user id, if WhatsApp gives it. */
  userId?: string;
}

/** A telephone number of the account's, as far as WhatsApp says. */
export interface CloudPhoneNumber {
  phoneNumberId: string;
  /** As people write it: `+55 11 99999-9999`. */
  displayPhoneNumber?: string;
  verifiedName?: string;
}

/** The fields of a telephone number that are asked for. */
export const PHONE_NUMBER_FIELDS = 'display_phone_number,verified_name';

/** @throws ButtonMessagingError where the answer has no id. */
export function readSend(answer: HttpResponse, account: WhatsAppCloudAccount): CloudSendResult {
  const body = jsonOf(answer);
  const messageId = textOf(firstOf(body, 'messages'), 'id');
  if (messageId === undefined) throw whatsAppCloudError(answer, account);
  const contact = firstOf(body, 'contacts');
  const waId = textOf(contact, 'wa_id');
  const userId = textOf(contact, 'user_id');
  return { messageId, ...(waId !== undefined && { waId }), ...(userId !== undefined && { userId }) };
}

/** @throws ButtonMessagingError where the answer is no telephone number. */
export function readPhoneNumber(answer: HttpResponse, account: WhatsAppCloudAccount): CloudPhoneNumber {
  const body = jsonOf(answer);
  const phoneNumberId = textOf(body, 'id');
  if (phoneNumberId === undefined) throw whatsAppCloudError(answer, account);
  const displayPhoneNumber = textOf(body, 'display_phone_number');
  const verifiedName = textOf(body, 'verified_name');
  return {
    phoneNumberId,
    ...(displayPhoneNumber !== undefined && { displayPhoneNumber }),
    ...(verifiedName !== undefined && { verifiedName }),
  };
}

function jsonOf(answer: HttpResponse): unknown {
  return isSuccess(answer) && answer.body.kind === 'json' ? answer.body.value : undefined;
}

/** The first item of a list. */
function firstOf(body: unknown, list: string): unknown {
  const items = isRecord(body) ? body[list] : undefined;
  return Array.isArray(items) ? items[0] : undefined;
}

function textOf(value: unknown, field: string): string | undefined {
  const text = isRecord(value) ? value[field] : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
}
