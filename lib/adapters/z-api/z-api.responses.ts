import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { jsonOf, textIn } from '../json-fields.js';
import type { ResponseFacts } from '../provider-adapter.interface.js';
import { redactProviderText } from '../redact-provider-text.js';
import { isSuccess } from '../response-errors.js';
import { zApiError } from './z-api.errors.js';

/** The IDs of a message that Z-API queued. Webhooks report its statuses. @publicApi */
export interface ZApiSendResult {
  /** Z-API's ID of the message in its queue. */
  zaapId?: string;
  /** The ID in statuses and replies. */
  messageId?: string;
  /** The same as `messageId`, if Z-API returns it. */
  id?: string;
}

/** The connection status of an instance. @publicApi */
export interface ZApiStatus {
  /** Whether the instance is connected to WhatsApp. */
  connected: boolean;
  /** Whether the phone is connected to the network. */
  smartphoneConnected: boolean;
  /** Z-API's text. Also set if everything works. */
  detail?: string;
}

/** Whether a phone number is on WhatsApp. @publicApi */
export interface ZApiPhoneExists {
  exists: boolean;
  /** WhatsApp's form of the number: it may add or remove Brazil's ninth digit. */
  phone: string;
  /** WhatsApp's ID of the person, which is a valid recipient. */
  lid?: string;
}

/** Parses the response to a send. @throws ButtonMessagingError if the response has no IDs. */
export function readSend(response: HttpResponse, account: ZApiAccount): ZApiSendResult {
  const body = jsonOf(response);
  const result = withoutUndefined({
    zaapId: textIn(body, 'zaapId'),
    messageId: textIn(body, 'messageId'),
    id: textIn(body, 'id'),
  });
  if (Object.keys(result).length === 0) throw zApiError(response, account);
  return result;
}

/** Returns all IDs, because callbacks may contain any of them. */
export function factsOf({ messageId, id, zaapId }: ZApiSendResult): ResponseFacts {
  const ids = [messageId, id, zaapId].filter((given) => given !== undefined);
  return { messageId: ids[0], providerIds: [...new Set(ids)] };
}

/** Parses the status of an instance. @throws ButtonMessagingError if the response is not a status. */
export function readStatus(response: HttpResponse, account: ZApiAccount): ZApiStatus {
  const body = jsonOf(response);
  if (!isRecord(body) || typeof body.connected !== 'boolean') throw zApiError(response, account);
  const detail = textIn(body, 'error');
  return {
    connected: body.connected,
    smartphoneConnected: body.smartphoneConnected === true,
    ...(detail !== undefined && { detail: redactProviderText(detail, account) }),
  };
}

/** Parses whether a number exists. @throws ButtonMessagingError if the response says nothing about the number. */
export function readPhoneExists(response: HttpResponse, account: ZApiAccount, asked: string): ZApiPhoneExists {
  const body = jsonOf(response);
  if (isNothing(body)) return { exists: false, phone: asked };
  const entry: unknown = Array.isArray(body) ? body[0] : body;
  if (!isRecord(entry) || typeof entry.exists !== 'boolean') throw zApiError(response, account);
  return {
    exists: entry.exists,
    phone: textIn(entry, 'phone') ?? asked,
    ...withoutUndefined({ lid: textIn(entry, 'lid') }),
  };
}

/** Checks a response without content. @throws ButtonMessagingError if the response is an error. */
export function readSuccess(response: HttpResponse, account: ZApiAccount): void {
  const body = jsonOf(response);
  // Z-API also reports errors with 200.
  if (!isSuccess(response) || (isRecord(body) && body.error)) throw zApiError(response, account);
}

/** Z-API returns `null`, `[]` or `{}` for some numbers that are not on WhatsApp. */
function isNothing(body: unknown): boolean {
  if (Array.isArray(body)) return body.every(isNothing);
  return body === null || (isRecord(body) && Object.keys(body).length === 0);
}
