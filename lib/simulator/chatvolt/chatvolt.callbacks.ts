import { chatvoltId } from '../identifiers.js';
import type { AccountNews } from '../inbound/account-news.interface.js';
import type { InboundContent } from '../inbound/inbound.interface.js';
import { type Inbound, untellable } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import type { Passage } from '../provider-simulation.interface.js';
import type { SimulatedConversation } from './conversation.interface.js';

/** Channels whose people have no telephone number. */
const withoutNumbers: ReadonlySet<string> = new Set(['website', 'telegram', 'instagram', 'messenger']);

/** The body of Chatvolt's webhook for what became of a message. Throws for receipts, which Chatvolt has not. */
export function chatvoltPassage(
  message: AcceptedMessage,
  passage: Passage,
  conversation: SimulatedConversation,
  person: SimulatedPerson,
): JsonObject {
  const { status, failure } = passage;
  if (status !== 'failed') {
    throw new Error(`Chatvolt has no delivery receipts: only "failed" can be told, not "${status}"`);
  }
  return {
    eventType: typeof failure?.code === 'string' ? failure.code : 'AGENT_MESSAGE_BLOCKED',
    ...around(conversation, person, passage.heardBy),
    messageId: message.id,
    agentResponse: message.text,
    createdAt: new Date().toISOString(),
  };
}

/** The body of Chatvolt's webhook for what a person writes. Throws if it documents none for the content. */
export function chatvoltInbound(inbound: Inbound, conversation: SimulatedConversation): JsonObject {
  const messageId = inbound.messageId === undefined ? chatvoltId() : inbound.messageId;
  return {
    eventType: conversation.isGroup ? 'GROUP_MESSAGE_RECEIVED' : 'USER_MESSAGE_RECEIVED',
    ...around(conversation, inbound.from, inbound.heardBy),
    ...(messageId !== null && { messageId }),
    ...said(inbound.content),
    createdAt: new Date().toISOString(),
  };
}

/** The text that Chatvolt makes of it. The id of a pressed button is in no field: its title is all that arrives. */
export function wordsOf(content: InboundContent): string {
  const { userMessage } = said(content);
  return typeof userMessage === 'string' ? userMessage : '';
}

function said(content: InboundContent): JsonObject {
  switch (content.type) {
    case 'text':
      return { userMessage: content.text };
    case 'press':
      return { userMessage: content.title };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return { userMessage: content.caption ?? '' };
    case 'other':
      return content.fields;
    default:
      throw untellable('Chatvolt', content.type);
  }
}

/** The body of Chatvolt's webhook for a message that its agent sent. */
export function chatvoltEcho(
  message: AcceptedMessage,
  conversation: SimulatedConversation,
  person: SimulatedPerson,
): JsonObject {
  return {
    eventType: 'AGENT_MESSAGE_SENDED',
    ...around(conversation, person),
    messageId: message.id,
    agentResponse: message.text,
    createdAt: new Date().toISOString(),
  };
}

/** The body of Chatvolt's webhook for what happens to an agent. Throws if it documents none. */
export function chatvoltAccountNews(
  news: AccountNews,
  conversation: SimulatedConversation,
  person: SimulatedPerson,
): JsonObject {
  if (news.type === 'health-check') return { healthCheck: true, agentId: conversation.agentId };
  if (news.type !== 'other') throw untellable('Chatvolt', news.type);
  const createdAt = new Date().toISOString();
  return { eventType: news.name, ...around(conversation, person), createdAt, ...news.content };
}

/** What stands in every body. */
function around(conversation: SimulatedConversation, person: SimulatedPerson, heardBy?: string): JsonObject {
  const { id, agentId, channel, channelExternalId } = conversation;
  const isShown = person.phone !== undefined && (person.shows === 'number' || person.shows === 'number-alone');
  return {
    conversationId: id,
    agentId: heardBy ?? agentId,
    agentName: 'Front desk',
    channel,
    conversationStatus: 'UNRESOLVED',
    conversationPriority: 'MEDIUM',
    isAiEnabled: false,
    organizationId: 'csimulatedorganization001',
    userName: person.name,
    ...(isShown && !withoutNumbers.has(channel) && { userPhone: person.phone }),
    ...(isEmail(channelExternalId) && { userEmail: channelExternalId }),
  };
}

function isEmail(address: string): boolean {
  return address.includes('@') && !/@(?:lid|s\.whatsapp\.net|g\.us)$/.test(address);
}
