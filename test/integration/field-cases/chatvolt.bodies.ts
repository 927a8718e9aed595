import type { Fields, Hook, Rule } from './field-case.js';
import { ANA } from './messages.js';

/** Accepts a message. `conversationId` is part of the response if given. */
export const voltAccepts = (id: string, conversationId?: string): Rule => ({
  to: 'POST',
  status: 200,
  body: { success: true, message: { id, ...(conversationId !== undefined && { conversationId }) } },
});

/** Builds an event of conversation `conv-1`. */
export function voltHook(eventType: string, more: Fields = {}): Hook {
  return {
    account: 'support',
    body: {
      eventType,
      conversationId: 'conv-1',
      messageId: 'u-1',
      agentId: 'agent-1',
      agentName: 'Front desk',
      channel: 'whatsapp',
      conversationStatus: 'UNRESOLVED',
      conversationPriority: 'MEDIUM',
      isAiEnabled: false,
      organizationId: 'org-1',
      createdAt: '$now',
      ...more,
    },
  };
}

export const voltWords = (userMessage: string, more: Fields = {}): Hook =>
  voltHook('USER_MESSAGE_RECEIVED', { userMessage, ...more });

/** Builds an entry of the list of conversations: Ana's, on WhatsApp. */
export function conversation(id: string, more: Fields = {}): Fields {
  return {
    id,
    channel: 'whatsapp',
    channelExternalId: ANA,
    createdAt: '2026-11-01T00:00:00.000Z',
    agentId: 'agent-1',
    isGroup: false,
    blocked: false,
    whatsappChatLid: null,
    participantsContacts: [],
    ...more,
  };
}

/** Responds with the pages of the list, then an empty one. */
export function pages(...lists: Fields[][]): Rule[] {
  const each = lists.map((body): Rule => ({ to: 'GET /conversation', times: 1, status: 200, body }));
  return [...each, { to: 'GET /conversation', status: 200, body: [] }];
}
