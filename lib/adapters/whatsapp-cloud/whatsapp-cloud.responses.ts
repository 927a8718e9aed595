import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { jsonOf, listIn, textIn, textOrNumberIn } from '../json-fields.js';
import type { ProviderHealth } from '../provider-adapter.interface.js';
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
  const messageId = textIn(listIn(body, 'messages')[0], 'id');
  if (messageId === undefined) throw whatsAppCloudError(response, account);
  const [contact] = listIn(body, 'contacts');
  return { messageId, ...withoutUndefined({ waId: textIn(contact, 'wa_id'), userId: textIn(contact, 'user_id') }) };
}

/** Parses a phone number. @throws ButtonMessagingError if the response is not a phone number. */
export function readPhoneNumber(response: HttpResponse, account: WhatsAppCloudAccount): CloudPhoneNumber {
  const body = jsonOf(response);
  const phoneNumberId = textIn(body, 'id');
  if (phoneNumberId === undefined) throw whatsAppCloudError(response, account);
  const displayPhoneNumber = textIn(body, 'display_phone_number');
  const verifiedName = textIn(body, 'verified_name');
  return { phoneNumberId, ...withoutUndefined({ displayPhoneNumber, verifiedName }) };
}

/** Parses the ID of an uploaded file. @throws ButtonMessagingError if the response has none. */
export function readMediaId(response: HttpResponse, account: WhatsAppCloudAccount): { mediaId: string } {
  const mediaId = textOrNumberIn(jsonOf(response), 'id');
  if (mediaId === undefined) throw whatsAppCloudError(response, account);
  return { mediaId };
}

/** Parses whether the account can send. @throws ButtonMessagingError if the response does not say it. */
export function readHealth(response: HttpResponse, account: WhatsAppCloudAccount): ProviderHealth {
  const status = textIn(jsonOf(response), 'health_status', 'can_send_message');
  if (status === undefined) throw whatsAppCloudError(response, account);
  return status === 'BLOCKED' ? { status: 'down', reason: 'the account cannot send messages' } : { status: 'up' };
}

/** Checks the response to a request that returns nothing. @throws ButtonMessagingError if it is not `success: true`. */
export function readSuccess(response: HttpResponse, account: WhatsAppCloudAccount): void {
  const body = jsonOf(response);
  if (!isRecord(body) || body.success !== true) throw whatsAppCloudError(response, account);
}
