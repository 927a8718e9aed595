import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { isSuccess } from '../response-errors.js';
import { chatvoltError } from './chatvolt.errors.js';

/** A conversation of the list, as far as it is needed here. Source: Chatvolt's OpenAPI, `GET /conversation`. */
export interface ListedConversation {
  id: string;
  createdAt: string | undefined;
  agentId: string | undefined;
  /** `whatsapp`, `zapi`, `zapper`, `telegram`, `website`, …; undefined where the list does not say. */
  channel: string | undefined;
  /** Whatever identifies the other side on the channel: a number, WhatsApp's id of it, a lid, a group, … */
  channelExternalId: string | undefined;
  whatsappChatLid: string | undefined;
  /** The telephone numbers of the participants, `''` for one without. */
  participants: string[];
  isGroup: boolean;
  blocked: boolean;
}

/** @throws ButtonMessagingError where the answer is no list. */
export function readConversations(answer: HttpResponse, account: ChatvoltAccount): ListedConversation[] {
  const raw = isSuccess(answer) && answer.body.kind === 'json' ? answer.body.value : undefined;
  if (!Array.isArray(raw)) throw chatvoltError(answer, account);
  return raw.flatMap((entry: unknown) => {
    if (!isRecord(entry)) return [];
    const id = textOf(entry.id);
    return id === undefined ? [] : [conversationOf(id, entry)];
  });
}

function conversationOf(id: string, entry: Record<string, unknown>): ListedConversation {
  const participants = Array.isArray(entry.participantsContacts) ? entry.participantsContacts : [];
  return {
    id,
    createdAt: textOf(entry.createdAt),
    agentId: textOf(entry.agentId),
    // A channel that is no text is none of WhatsApp's.
    channel: entry.channel === undefined ? undefined : String(entry.channel),
    channelExternalId: textOf(entry.channelExternalId),
    whatsappChatLid: textOf(entry.whatsappChatLid),
    participants: participants.map(
      (participant: unknown) => (isRecord(participant) && textOf(participant.phoneNumber)) || '',
    ),
    isGroup: Boolean(entry.isGroup),
    blocked: Boolean(entry.blocked),
  };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
