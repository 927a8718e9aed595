import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import type { ResponseFacts } from '../provider-adapter.interface.js';
import { redactProviderText } from '../redact-provider-text.js';
import { isSuccess } from '../response-errors.js';
import { zApiError } from './z-api.errors.js';

/** The ids that Z-API gave a message. It has queued the message; what became of it comes by webhook. */
export interface ZApiSendResult {
  /** Z-API's own id of it in its queue. */
  zaapId?: string;
  /** Statuses and replies name it. */
  messageId?: string;
  /** The same as `messageId`, where Z-API gives it. */
  id?: string;
}

/** Whether the instance is connected to WhatsApp, and the telephone to the network. */
export interface ZApiStatus {
  /** The instance is connected to WhatsApp. */
  connected: boolean;
  /** The telephone is connected to the network. */
  smartphoneConnected: boolean;
  /** Z-API's words, which it also gives where all is well. */
  detail?: string;
}

/** Whether a number is on WhatsApp. */
export interface ZApiPhoneExists {
  exists: boolean;
  /** As WhatsApp knows it: Brazil's ninth digit may have come or gone. */
  phone: string;
  /** WhatsApp's own id of the person, which can be sent to in place of the number. */
  lid?: string;
}

const ID_FIELDS = ['zaapId', 'messageId', 'id'] as const;

/** @throws ButtonMessagingError where the answer has no ids. */
export function readSend(answer: HttpResponse, account: ZApiAccount): ZApiSendResult {
  const body = jsonOf(answer);
  const result: ZApiSendResult = {};
  for (const field of ID_FIELDS) {
    const id = isRecord(body) ? body[field] : undefined;
    if (typeof id === 'string' && id !== '') result[field] = id;
  }
  if (Object.keys(result).length === 0) throw zApiError(answer, account);
  return result;
}

/** Callbacks name a message by any of its ids. */
export function factsOf({ messageId, id, zaapId }: ZApiSendResult): ResponseFacts {
  const ids = [messageId, id, zaapId].filter((given) => given !== undefined);
  return { messageId: ids[0], providerIds: [...new Set(ids)] };
}

/** @throws ButtonMessagingError where the answer is no status. */
export function readStatus(answer: HttpResponse, account: ZApiAccount): ZApiStatus {
  const body = jsonOf(answer);
  if (!isRecord(body) || typeof body.connected !== 'boolean') throw zApiError(answer, account);
  return {
    connected: body.connected,
    smartphoneConnected: body.smartphoneConnected === true,
    ...(typeof body.error === 'string' && body.error !== '' && { detail: redactProviderText(body.error, account) }),
  };
}

/** @throws ButtonMessagingError where the answer says nothing of the number. */
export function readPhoneExists(answer: HttpResponse, account: ZApiAccount, asked: string): ZApiPhoneExists {
  const body = jsonOf(answer);
  if (isNothing(body)) return { exists: false, phone: asked };
  const entry: unknown = Array.isArray(body) ? body[0] : body;
  if (!isRecord(entry) || typeof entry.exists !== 'boolean') throw zApiError(answer, account);
  return {
    exists: entry.exists,
    phone: typeof entry.phone === 'string' && entry.phone !== '' ? entry.phone : asked,
    ...(typeof entry.lid === 'string' && entry.lid !== '' && { lid: entry.lid }),
  };
}

/** So Z-API answers of some numbers that are not on WhatsApp: `null`, `[]`, `{}`. */
function isNothing(body: unknown): boolean {
  if (Array.isArray(body)) return body.every(isNothing);
  return body === null || (isRecord(body) && Object.keys(body).length === 0);
}

function jsonOf(answer: HttpResponse): unknown {
  return isSuccess(answer) && answer.body.kind === 'json' ? answer.body.value : undefined;
}
