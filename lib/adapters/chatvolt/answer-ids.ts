import { isRecord } from '../../validation/is-record.js';

/** The ids in the answer to a send. */
export interface AnswerIds {
  messageId?: string;
  conversationId?: string;
}

/** Where a message's id may stand, in the order in which it is looked for. */
const MESSAGE_PATHS = [['data', 'messageId'], ['message', 'id'], ['messageId']] as const;
const CONVERSATION_PATHS = [['message', 'conversationId'], ['data', 'conversationId'], ['conversationId']] as const;

/** What conversations have and messages do not. Source: Chatvolt's OpenAPI. */
const OF_CONVERSATIONS = ['channel', 'channelExternalId', 'isGroup', 'participantsContacts', 'messages'];

/** Who wrote a message that was not sent by key. Source: Chatvolt's OpenAPI. */
const OF_OTHERS = ['contactId', 'visitorId', 'userId'];

/**
 * The ids of what was sent and of its conversation. An `id` may be that of the conversation, whose whole list of
 * messages then stands beside it: only what can be no conversation's is taken for the message's.
 *
 * @param conversationId The one that it was sent into, where that is known: no other is told then.
 */
export function idsIn(raw: unknown, conversationId?: string): AnswerIds {
  if (!isRecord(raw)) return {};
  const isConversation = OF_CONVERSATIONS.some((field) => raw[field] !== undefined);
  const told = CONVERSATION_PATHS.map((path) => textAt(raw, path)).find((id) => id !== undefined);
  const conversation = told ?? (raw.channelExternalId === undefined ? undefined : textAt(raw, ['id']));
  const candidates = [
    ...MESSAGE_PATHS.map((path) => textAt(raw, path)),
    newestOf(raw.messages),
    isConversation ? undefined : textAt(raw, ['id']),
  ];
  const known = [conversation, conversationId];
  const messageId = candidates.find((id) => id !== undefined && !known.includes(id));
  return {
    ...(messageId !== undefined && { messageId }),
    ...(conversation !== undefined && conversationId === undefined && { conversationId: conversation }),
  };
}

/** The id of the newest message that may be ours, if it is certain which one that is. */
function newestOf(messages: unknown): string | undefined {
  if (!Array.isArray(messages)) return undefined;
  const ours = messages.filter(isRecord).filter(mayBeOurs);
  if (ours.length === 1) return textAt(ours[0], ['id']);
  const times = ours.map(({ createdAt }) => (typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN));
  const newest = Math.max(...times);
  const places = times.flatMap((time, place) => (time === newest ? [place] : []));
  return places.length === 1 ? textAt(ours[places[0] ?? 0], ['id']) : undefined;
}

// What is sent by key is recorded as a human's, and as no contact's; an answer of the AI may come right behind.
function mayBeOurs(message: Record<string, unknown>): boolean {
  return (message.from === undefined || message.from === 'human') && OF_OTHERS.every((field) => !message[field]);
}

/** A text or a number at a path. */
export function textAt(value: unknown, path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
