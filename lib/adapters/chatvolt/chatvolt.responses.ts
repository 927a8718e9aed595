import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import type { HttpResponse, ResponseBody } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { jsonOf, listIn, textIn, textOrNumberIn } from '../json-fields.js';
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

/** A template of the agent's WhatsApp number. @publicApi */
export interface ChatvoltTemplate {
  /** Meta's ID of the template. */
  id?: string;
  name: string;
  /** For example `pt_BR`. */
  language?: string;
  /** For example `APPROVED`. */
  status?: string;
  /** `MARKETING`, `UTILITY` or `AUTHENTICATION`. */
  category?: string;
  /** Header, body, footer and buttons in Meta's format. Empty if Chatvolt returns none. */
  components: unknown[];
  /** The template as Chatvolt returns it. */
  raw: Record<string, unknown>;
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

/**
 * Parses a list of templates: an array, or an object with `templates` or `data`, because its format is undocumented.
 *
 * @throws ButtonMessagingError if the response is not a list.
 */
export function readTemplates(response: HttpResponse, account: ChatvoltAccount): ChatvoltTemplate[] {
  const body = jsonOf(response);
  const fields = isRecord(body) ? [body.templates, body.data] : [body];
  const list: unknown = fields.find((field) => Array.isArray(field));
  if (!Array.isArray(list)) throw chatvoltError(response, account);
  return list.filter(isRecord).flatMap((raw) => templateIn(raw) ?? []);
}

/** Checks a response without content. @throws ButtonMessagingError if the response is an error. */
export function readSuccess(response: HttpResponse, account: ChatvoltAccount): void {
  if (!isSuccess(response) || reportsError(response.body)) throw chatvoltError(response, account);
}

function templateIn(raw: Record<string, unknown>): ChatvoltTemplate | undefined {
  const name = textIn(raw, 'name');
  if (name === undefined) return undefined;
  const fields = withoutUndefined({
    id: textOrNumberIn(raw, 'id'),
    language: textIn(raw, 'language'),
    status: textIn(raw, 'status'),
    category: textIn(raw, 'category'),
  });
  return { name, ...fields, components: listIn(raw, 'components'), raw };
}

// `success: false` is a rejection, whatever IDs the body contains. Source: Chatvolt's OpenAPI document.
function isRejected(body: ResponseBody): boolean {
  return body.kind === 'json' && isRecord(body.value) && body.value.success === false;
}

function rawOf({ body }: HttpResponse): unknown {
  if (body.kind === 'json') return body.value;
  return body.kind === 'text' ? body.text : undefined;
}
