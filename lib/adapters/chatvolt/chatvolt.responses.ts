import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { HttpResponse, ResponseBody } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { isSuccess } from '../response-errors.js';
import { idsIn, textAt } from './answer-ids.js';
import { carriesError, chatvoltError } from './chatvolt.errors.js';

/** What Chatvolt answered. It does not document this answer: the ids may be missing. */
export interface ChatvoltSendResult {
  /** Where Chatvolt gave one that is certain to be the message's. */
  messageId?: string;
  /** The conversation into which it went, where Chatvolt says so and the call named none: answers come from there. */
  conversationId?: string;
  /** The body as it came: a JSON value, a text, or undefined where it was empty. */
  raw: unknown;
}

/** An agent, as far as Chatvolt says. */
export interface ChatvoltAgent {
  agentId: string;
  name?: string;
}

/**
 * @param sent What went out, path and body.
 * @param conversationId The one into which it was sent, where that is known.
 * @throws ButtonMessagingError where the answer is no success, says that it is none, or carries an error and no id.
 */
export function readSend(
  answer: HttpResponse,
  account: ChatvoltAccount,
  sent: string,
  conversationId?: string,
): ChatvoltSendResult {
  const { body } = answer;
  if (!isSuccess(answer) || body.kind === 'unreadable' || saysNo(body)) throw chatvoltError(answer, account, sent);
  const raw = rawOf(answer);
  const ids = idsIn(raw, conversationId);
  if (ids.messageId === undefined && carriesError(body)) throw chatvoltError(answer, account, sent);
  return { ...ids, raw };
}

/** @throws ButtonMessagingError where the answer is no agent. */
export function readAgent(answer: HttpResponse, account: ChatvoltAccount, asked: string): ChatvoltAgent {
  const raw = rawOf(answer);
  if (!isSuccess(answer) || !isRecord(raw) || carriesError(answer.body)) throw chatvoltError(answer, account);
  const name = textAt(raw, ['name']);
  return { agentId: textAt(raw, ['id']) ?? asked, ...(name !== undefined && { name }) };
}

// `success: false` is a refusal whatever ids stand beside it. Source: Chatvolt's OpenAPI.
function saysNo(body: ResponseBody): boolean {
  return body.kind === 'json' && isRecord(body.value) && body.value.success === false;
}

function rawOf({ body }: HttpResponse): unknown {
  if (body.kind === 'json') return body.value;
  return body.kind === 'text' ? body.text : undefined;
}
