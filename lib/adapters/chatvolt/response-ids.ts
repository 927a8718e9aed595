import { withoutUndefined } from '../../message/without-undefined.js';
import { isRecord } from '../../validation/is-record.js';
import { listIn, textOrNumberIn } from '../json-fields.js';

/** The IDs in the response to a send. */
export interface ResponseIds {
  messageId?: string;
  conversationId?: string;
}

/** The paths of a message ID, in order of preference. */
const MESSAGE_PATHS = [['data', 'messageId'], ['message', 'id'], ['messageId']] as const;
const CONVERSATION_PATHS = [['message', 'conversationId'], ['data', 'conversationId'], ['conversationId']] as const;

/** Fields that conversations have and messages do not. Source: Chatvolt's OpenAPI document. */
const OF_CONVERSATIONS = ['channel', 'channelExternalId', 'isGroup', 'participantsContacts', 'messages'];

/** The authors of messages that were not sent with the API key. Source: Chatvolt's OpenAPI document. */
const OF_OTHERS = ['contactId', 'visitorId', 'userId'];

/**
 * Returns the IDs of the sent message and its conversation. An `id` may belong to the conversation, which then also has
 * its list of messages. An ID counts only if it cannot be the conversation's.
 *
 * @param conversationId The conversation of the request, if known. Then no other is returned.
 */
export function idsIn(raw: unknown, conversationId?: string): ResponseIds {
  if (!isRecord(raw)) return {};
  const isConversation = OF_CONVERSATIONS.some((field) => raw[field] !== undefined);
  const named = CONVERSATION_PATHS.map((path) => textOrNumberIn(raw, ...path)).find((id) => id !== undefined);
  const conversation = named ?? (raw.channelExternalId === undefined ? undefined : textOrNumberIn(raw, 'id'));
  const candidates = [
    ...MESSAGE_PATHS.map((path) => textOrNumberIn(raw, ...path)),
    newestOf(listIn(raw, 'messages')),
    isConversation ? undefined : textOrNumberIn(raw, 'id'),
  ];
  const known = [conversation, conversationId];
  const messageId = candidates.find((id) => id !== undefined && !known.includes(id));
  return withoutUndefined({ messageId, conversationId: conversationId === undefined ? conversation : undefined });
}

/** Returns the ID of the newest message if it must be the sent one. */
function newestOf(messages: readonly unknown[]): string | undefined {
  const ours = messages.filter(isRecord).filter(mayBeOurs);
  if (ours.length === 1) return textOrNumberIn(ours[0], 'id');
  const times = ours.map(({ createdAt }) => (typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN));
  const newest = Math.max(...times);
  const places = times.flatMap((time, place) => (time === newest ? [place] : []));
  return places.length === 1 ? textOrNumberIn(ours[places[0] ?? 0], 'id') : undefined;
}

// Messages sent with the API key are recorded as a human's without a contact. The AI may reply immediately after them.
function mayBeOurs(message: Record<string, unknown>): boolean {
  return (message.from === undefined || message.from === 'human') && OF_OTHERS.every((field) => !message[field]);
}
