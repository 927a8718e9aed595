import { chatvoltId } from '../identifiers.js';
import type { AccountNews } from '../inbound/account-news.interface.js';
import type { InboundContent } from '../inbound/inbound.interface.js';
import { type Inbound, type InboundMedia, isMedia, mimeTypeOf, unsupportedCallback } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import type { StatusUpdate } from '../provider-simulation.js';
import type { SimulatedConversation } from './conversation.interface.js';

/** Channels whose users have no phone number. */
const CHANNELS_WITHOUT_NUMBERS: ReadonlySet<string> = new Set(['website', 'telegram', 'instagram', 'messenger']);

/** Creates the webhook body of a status. @throws Error for receipts, which Chatvolt does not have. */
export function chatvoltStatus(
  message: AcceptedMessage,
  statusUpdate: StatusUpdate,
  conversation: SimulatedConversation,
  person: SimulatedPerson,
): JsonObject {
  const { status, failure } = statusUpdate;
  if (status !== 'failed') {
    throw new Error(`Chatvolt has no delivery receipts: its only status is "failed", not "${status}"`);
  }
  return {
    eventType: typeof failure?.code === 'string' ? failure.code : 'AGENT_MESSAGE_BLOCKED',
    ...around(conversation, person, statusUpdate.heardBy),
    messageId: message.id,
    agentResponse: message.text,
    createdAt: new Date().toISOString(),
  };
}

/**
 * Creates the webhook body of a customer's message.
 *
 * @param fileUrl The URL of its file.
 * @throws Error if Chatvolt documents none for the content.
 */
export function chatvoltInbound(
  inbound: Inbound,
  conversation: SimulatedConversation,
  fileUrl: string | undefined,
  isAiEnabled: boolean,
): JsonObject {
  const { content } = inbound;
  const messageId = inbound.messageId === undefined ? chatvoltId() : inbound.messageId;
  return {
    eventType: conversation.isGroup ? 'GROUP_MESSAGE_RECEIVED' : 'USER_MESSAGE_RECEIVED',
    ...around(conversation, inbound.from, inbound.heardBy),
    isAiEnabled,
    ...(messageId !== null && { messageId }),
    ...contentFields(content),
    ...(isMedia(content) && { attachments: [attachment(content, fileUrl)] }),
    createdAt: new Date().toISOString(),
  };
}

/** Returns Chatvolt's text of a message. The ID of a pressed button is lost, only its title arrives. */
export function textOf(content: InboundContent): string {
  const { userMessage } = contentFields(content);
  return typeof userMessage === 'string' ? userMessage : '';
}

function attachment(content: InboundMedia, url: string | undefined): JsonObject {
  return { name: content.filename ?? content.type, url, mimeType: mimeTypeOf(content) };
}

function contentFields(content: InboundContent): JsonObject {
  if (isMedia(content)) return { userMessage: content.caption ?? '' };
  switch (content.type) {
    case 'text':
      return { userMessage: content.text };
    case 'press':
      return { userMessage: content.title };
    case 'other':
      return content.fields;
    default:
      throw unsupportedCallback('Chatvolt', content.type);
  }
}

/** Creates the webhook body of a message that the agent sent. */
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

/** Creates the webhook body of an agent's event. @throws Error if Chatvolt documents none. */
export function chatvoltAccountNews(
  news: AccountNews,
  conversation: SimulatedConversation,
  person: SimulatedPerson,
): JsonObject {
  if (news.type === 'health-check') return { healthCheck: true, agentId: conversation.agentId };
  if (news.type !== 'other') throw unsupportedCallback('Chatvolt', news.type);
  const createdAt = new Date().toISOString();
  return { eventType: news.name, ...around(conversation, person), createdAt, ...news.content };
}

/** Returns the fields of every body. */
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
    ...(isShown && !CHANNELS_WITHOUT_NUMBERS.has(channel) && { userPhone: person.phone }),
    ...(isEmail(channelExternalId) && { userEmail: channelExternalId }),
  };
}

function isEmail(address: string): boolean {
  return address.includes('@') && !/@(?:lid|s\.whatsapp\.net|g\.us)$/.test(address);
}
