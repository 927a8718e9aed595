import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { isSuccess } from '../response-errors.js';
import { whatsAppCloudError } from './whatsapp-cloud.errors.js';

/** The ID of an accepted message. Webhooks report its statuses. @publicApi */
export interface CloudSendResult {
  /** `wamid.…`, the ID in statuses and replies. */
  messageId: string;
  /** WhatsApp's form of the recipient's phone number, which may differ from the given one. */
  waId?: string;
  /** The recipient's business-scoped user ID, if WhatsApp returns it. */
  userId?: string;
}

/** The phone number of an account. @publicApi */
export interface CloudPhoneNumber {
  phoneNumberId: string;
  /** The display format: `+55 11 99999-9999`. */
  displayPhoneNumber?: string;
  verifiedName?: string;
}

/** The requested fields of a phone number. */
export const PHONE_NUMBER_FIELDS = 'display_phone_number,verified_name';

/** Parses the response to a send. @throws ButtonMessagingError if the response has no ID. */
export function readSend(response: HttpResponse, account: WhatsAppCloudAccount): CloudSendResult {
  const body = jsonOf(response);
  const messageId = textOf(firstOf(body, 'messages'), 'id');
  if (messageId === undefined) throw whatsAppCloudError(response, account);
  const contact = firstOf(body, 'contacts');
  const waId = textOf(contact, 'wa_id');
  const userId = textOf(contact, 'user_id');
  return { messageId, ...(waId !== undefined && { waId }), ...(userId !== undefined && { userId }) };
}

/** Parses a phone number. @throws ButtonMessagingError if the response is not a phone number. */
export function readPhoneNumber(response: HttpResponse, account: WhatsAppCloudAccount): CloudPhoneNumber {
  const body = jsonOf(response);
  const phoneNumberId = textOf(body, 'id');
  if (phoneNumberId === undefined) throw whatsAppCloudError(response, account);
  const displayPhoneNumber = textOf(body, 'display_phone_number');
  const verifiedName = textOf(body, 'verified_name');
  return {
    phoneNumberId,
    ...(displayPhoneNumber !== undefined && { displayPhoneNumber }),
    ...(verifiedName !== undefined && { verifiedName }),
  };
}

function jsonOf(response: HttpResponse): unknown {
  return isSuccess(response) && response.body.kind === 'json' ? response.body.value : undefined;
}

/** Returns the first item of a list. */
function firstOf(body: unknown, list: string): unknown {
  const items = isRecord(body) ? body[list] : undefined;
  return Array.isArray(items) ? items[0] : undefined;
}

function textOf(value: unknown, field: string): string | undefined {
  const text = isRecord(value) ? value[field] : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
}
