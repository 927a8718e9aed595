import type { ChatvoltAccount } from '../../config/account.js';
import type { HttpAnswer } from '../../transport/http-answer.js';
import { isRecord } from '../../validation/is-record.js';
import { isSuccess } from '../answer-errors.js';
import { carriesError, chatvoltError } from './chatvolt.errors.js';

/** What Chatvolt answered. It does not document this answer: the id may be missing. */
export interface ChatvoltSendResult {
  /** Where Chatvolt gave one. */
  messageId?: string;
  /** The body as it came: a JSON value, a text, or undefined where it was empty. */
  raw: unknown;
}

/** A conversation of the list, as far as it is needed here. */
export interface ListedConversation {
  id: string;
  /** The digits of a telephone, or whatever identifies the person on the channel. */
  channelExternalId: string | undefined;
  createdAt: string | undefined;
}

/** An agent, as far as Chatvolt says. */
export interface ChatvoltAgent {
  agentId: string;
  name?: string;
}

/** Where an id may stand, in the order in which it is looked for. */
const ID_PATHS: readonly (readonly (string | number)[])[] = [
  ['data', 'messageId'],
  ['message', 'id'],
  ['messageId'],
  ['messages', 0, 'id'],
  ['id'],
];

/** @throws ButtonMessagingError where the answer is no success, or carries an error and no ids. */
export function readSend(answer: HttpAnswer, account: ChatvoltAccount): ChatvoltSendResult {
  const { body } = answer;
  if (!isSuccess(answer) || body.kind === 'unreadable') throw chatvoltError(answer, account);
  const raw = rawOf(answer);
  const messageId = ID_PATHS.map((path) => textAt(raw, path)).find((id) => id !== undefined);
  if (messageId === undefined && carriesError(body)) throw chatvoltError(answer, account);
  return { ...(messageId !== undefined && { messageId }), raw };
}

/** @throws ButtonMessagingError where the answer is no list. */
export function readConversations(answer: HttpAnswer, account: ChatvoltAccount): ListedConversation[] {
  const raw = isSuccess(answer) ? rawOf(answer) : undefined;
  if (!Array.isArray(raw)) throw chatvoltError(answer, account);
  return raw.flatMap((entry: unknown) => {
    const id = textAt(entry, ['id']);
    if (id === undefined) return [];
    return [{ id, channelExternalId: textAt(entry, ['channelExternalId']), createdAt: textAt(entry, ['createdAt']) }];
  });
}

/** @throws ButtonMessagingError where the answer is no agent. */
export function readAgent(answer: HttpAnswer, account: ChatvoltAccount, asked: string): ChatvoltAgent {
  const raw = rawOf(answer);
  if (!isSuccess(answer) || !isRecord(raw) || carriesError(answer.body)) throw chatvoltError(answer, account);
  const name = textAt(raw, ['name']);
  return { agentId: textAt(raw, ['id']) ?? asked, ...(name !== undefined && { name }) };
}

function rawOf({ body }: HttpAnswer): unknown {
  if (body.kind === 'json') return body.value;
  return body.kind === 'text' ? body.text : undefined;
}

function textAt(value: unknown, path: readonly (string | number)[]): string | undefined {
  const found = path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isRecord(inner) ? inner[key] : undefined;
  }, value);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
