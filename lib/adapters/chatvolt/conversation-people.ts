import { recipientKey } from '../../message/recipient.js';
import { phoneDigits, recipientKind } from '../../message/recipient-kind.js';
import type { ListedConversation } from './listed-conversation.js';

/** The agent and channel of conversations. */
export interface ConversationScope {
  agentId: string | undefined;
  /** A WhatsApp channel. Undefined for all of them. */
  channel: string | undefined;
}

// Chatvolt's names of the Cloud API, Z-API, and Zapper with any provider.
const WHATSAPP_CHANNEL = /^(?:whatsapp|zapi|zapper)/i;

// A phone number or lid in WhatsApp's protocol, optionally with a device.
const WHATSAPP_ID = /^\+?(\d+)(?:[.:_]\d+)*@(s\.whatsapp\.net|c\.us|lid)$/;

/**
 * Returns the keys of the person in a conversation. Returns none if it is not a private WhatsApp chat, or belongs to
 * another agent or channel. Other networks also identify people by digits. Source: Chatvolt's OpenAPI document, `GET
 * /conversation`.
 */
export function peopleOf(conversation: ListedConversation, scope: ConversationScope): string[] {
  if (conversation.isGroup || conversation.blocked || !isWithin(conversation, scope)) return [];
  const lid = lidIn(conversation.channelExternalId) ?? lidIn(withEnding(conversation.whatsappChatLid));
  return [phoneOf(conversation, lid), lid].filter((person) => person !== undefined);
}

/** Returns the lookup key of a phone number or lid. */
export function personKey(recipient: string): string {
  return lidIn(recipient) ?? recipientKey(phoneDigits(recipient));
}

// A missing field matches.
function isWithin({ channel, agentId }: ListedConversation, scope: ConversationScope): boolean {
  if (channel !== undefined && !WHATSAPP_CHANNEL.test(channel)) return false;
  const sameChannel = scope.channel === undefined || channel === undefined || channel === scope.channel;
  const sameAgent = scope.agentId === undefined || agentId === undefined || agentId === scope.agentId;
  return sameChannel && sameAgent;
}

/** Returns the phone number of a chat. A chat with a lid has its number in the participants, if there is only one. */
function phoneOf({ channelExternalId, participants }: ListedConversation, lid: string | undefined): string | undefined {
  if (lid === undefined) return numberIn(channelExternalId);
  const isNumber = channelExternalId !== undefined && lidIn(withEnding(channelExternalId)) !== lid;
  if (isNumber) return numberIn(channelExternalId);
  const [only, ...others] = new Set(participants.map(numberIn));
  return others.length === 0 ? only : undefined;
}

/** Returns the key of a phone number in any format. */
function numberIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [, digits, kind] = WHATSAPP_ID.exec(text) ?? [];
  if (digits !== undefined) return kind === 'lid' ? undefined : recipientKey(digits);
  return recipientKind(text) === 'phone' ? recipientKey(phoneDigits(text)) : undefined;
}

/** Returns a lid without its device. */
function lidIn(text: string | undefined): string | undefined {
  const [, digits, kind] = WHATSAPP_ID.exec(text?.trim() ?? '') ?? [];
  return kind === 'lid' ? `${digits}@lid` : undefined;
}

/** Adds the suffix of a lid to bare digits. */
function withEnding(text: string | undefined): string | undefined {
  return text !== undefined && /^\d+$/.test(text) ? `${text}@lid` : text;
}
