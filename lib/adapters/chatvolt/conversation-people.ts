import { recipientKey } from '../../message/recipient.js';
import { phoneDigits, recipientKind } from '../../message/recipient-kind.js';
import type { ListedConversation } from './listed-conversation.js';

/** Whose conversations are looked through. */
export interface ConversationScope {
  agentId: string | undefined;
  /** One of WhatsApp's channels; all of them where it is left out. */
  channel: string | undefined;
}

// Chatvolt's own names: the Cloud API, Z-API, and Zapper with whatever stands behind it.
const WHATSAPP_CHANNEL = /^(?:whatsapp|zapi|zapper)/i;

// A number or a lid as WhatsApp's protocol writes it, with the device of a person's several.
const WHATSAPP_ID = /^\+?(\d+)(?:[.:_]\d+)*@(s\.whatsapp\.net|c\.us|lid)$/;

/**
 * The keys of the person with whom a conversation is held; none where it is no private chat on WhatsApp, or belongs to
 * others. Other networks identify people by digits, too. Source: Chatvolt's OpenAPI, `GET /conversation`.
 */
export function peopleOf(conversation: ListedConversation, scope: ConversationScope): string[] {
  if (conversation.isGroup || conversation.blocked || !isWithin(conversation, scope)) return [];
  const lid = lidIn(conversation.channelExternalId) ?? lidIn(withEnding(conversation.whatsappChatLid));
  return [phoneOf(conversation, lid), lid].filter((person) => person !== undefined);
}

/** The key under which a telephone number or a lid is looked for. */
export function personKey(recipient: string): string {
  return lidIn(recipient) ?? recipientKey(phoneDigits(recipient));
}

// What the list leaves out, it says nothing against.
function isWithin({ channel, agentId }: ListedConversation, scope: ConversationScope): boolean {
  if (channel !== undefined && !WHATSAPP_CHANNEL.test(channel)) return false;
  const sameChannel = scope.channel === undefined || channel === undefined || channel === scope.channel;
  const sameAgent = scope.agentId === undefined || agentId === undefined || agentId === scope.agentId;
  return sameChannel && sameAgent;
}

/** A chat that is known by its lid alone names its number among the participants, if there is only one. */
function phoneOf({ channelExternalId, participants }: ListedConversation, lid: string | undefined): string | undefined {
  if (lid === undefined) return numberIn(channelExternalId);
  const isNumber = channelExternalId !== undefined && lidIn(withEnding(channelExternalId)) !== lid;
  if (isNumber) return numberIn(channelExternalId);
  const [only, ...others] = new Set(participants.map(numberIn));
  return others.length === 0 ? only : undefined;
}

/** The key of a telephone number, in whichever form it is written. */
function numberIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [, digits, kind] = WHATSAPP_ID.exec(text) ?? [];
  if (digits !== undefined) return kind === 'lid' ? undefined : recipientKey(digits);
  return recipientKind(text) === 'phone' ? recipientKey(phoneDigits(text)) : undefined;
}

/** A lid without its device. */
function lidIn(text: string | undefined): string | undefined {
  const [, digits, kind] = WHATSAPP_ID.exec(text?.trim() ?? '') ?? [];
  return kind === 'lid' ? `${digits}@lid` : undefined;
}

/** What may be the bare digits of a lid, as such. */
function withEnding(text: string | undefined): string | undefined {
  return text !== undefined && /^\d+$/.test(text) ? `${text}@lid` : text;
}
