import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import type { HttpResponse, ResponseBody } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { textOrNumberIn } from '../json-fields.js';
import { isSuccess } from '../response-errors.js';
import { chatvoltError, reportsError } from './chatvolt.errors.js';
import { idsIn } from './response-ids.js';

/** Chatvolt's response to a message. It is undocumented, so the IDs may be missing. @publicApi */
export interface ChatvoltSendResult {
  /** Missing unless Chatvolt returns an ID that is certain to be the message's. */
  messageId?: string;
  /** The conversation of the message, if Chatvolt returns it and the request had none. Replies come from it. */
  conversationId?: string;
  /** The body: a JSON value, a text, or undefined if it was empty. */
  raw: unknown;
}

/** An agent of Chatvolt. @publicApi */
export interface ChatvoltAgent {
  agentId: string;
  name?: string;
}

/**
 * Parses the response to a send.
 *
 * @param sent Path and body of the request.
 * @param conversationId The conversation of the request, if known.
 * @throws ButtonMessagingError if the response is not a success, reports a failure, or contains an error and no ID.
 */
export function readSend(
  response: HttpResponse,
  account: ChatvoltAccount,
  sent: string,
  conversationId?: string,
): ChatvoltSendResult {
  const { body } = response;
  if (!isSuccess(response) || body.kind === 'unreadable' || isRejected(body))
    throw chatvoltError(response, account, sent);
  const raw = rawOf(response);
  const ids = idsIn(raw, conversationId);
  if (ids.messageId === undefined && reportsError(body)) throw chatvoltError(response, account, sent);
  return { ...ids, raw };
}

/** Parses an agent. @throws ButtonMessagingError if the response is not an agent. */
export function readAgent(response: HttpResponse, account: ChatvoltAccount, asked: string): ChatvoltAgent {
  const raw = rawOf(response);
  if (!isSuccess(response) || !isRecord(raw) || reportsError(response.body)) throw chatvoltError(response, account);
  return { agentId: textOrNumberIn(raw, 'id') ?? asked, ...withoutUndefined({ name: textOrNumberIn(raw, 'name') }) };
}

// `success: false` is a rejection, whatever IDs the body contains. Source: Chatvolt's OpenAPI document.
function isRejected(body: ResponseBody): boolean {
  return body.kind === 'json' && isRecord(body.value) && body.value.success === false;
}

function rawOf({ body }: HttpResponse): unknown {
  if (body.kind === 'json') return body.value;
  return body.kind === 'text' ? body.text : undefined;
}
