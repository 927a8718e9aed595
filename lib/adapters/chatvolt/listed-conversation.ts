import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { jsonOf, listIn, textOrNumberIn } from '../json-fields.js';
import { chatvoltError } from './chatvolt.errors.js';

/** A conversation of Chatvolt's list. Source: Chatvolt's OpenAPI document, `GET /conversation`. */
export interface ListedConversation {
  id: string;
  createdAt: string | undefined;
  agentId: string | undefined;
  /** `whatsapp`, `zapi`, `zapper`, `telegram`, `website`, … Undefined if the list has none. */
  channel: string | undefined;
  /** The ID of the other side on the channel: a phone number, a WhatsApp ID, a lid, a group, … */
  channelExternalId: string | undefined;
  whatsappChatLid: string | undefined;
  /** The phone numbers of the participants. Empty for a participant without one. */
  participants: string[];
  isGroup: boolean;
  blocked: boolean;
}

/** Parses a page of the list. @throws ButtonMessagingError if the response is not a list. */
export function readConversations(response: HttpResponse, account: ChatvoltAccount): ListedConversation[] {
  const raw = jsonOf(response);
  if (!Array.isArray(raw)) throw chatvoltError(response, account);
  return raw.flatMap((entry: unknown) => {
    if (!isRecord(entry)) return [];
    const id = textOrNumberIn(entry, 'id');
    return id === undefined ? [] : [conversationOf(id, entry)];
  });
}

function conversationOf(id: string, entry: Record<string, unknown>): ListedConversation {
  return {
    id,
    createdAt: textOrNumberIn(entry, 'createdAt'),
    agentId: textOrNumberIn(entry, 'agentId'),
    // A channel that is not a string is not a WhatsApp channel.
    channel: entry.channel === undefined ? undefined : String(entry.channel),
    channelExternalId: textOrNumberIn(entry, 'channelExternalId'),
    whatsappChatLid: textOrNumberIn(entry, 'whatsappChatLid'),
    participants: listIn(entry, 'participantsContacts').map((each) => textOrNumberIn(each, 'phoneNumber') ?? ''),
    isGroup: Boolean(entry.isGroup),
    blocked: Boolean(entry.blocked),
  };
}
