import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { ReadCall } from '../provider.client.js';
import { chatvoltRequestBuilder } from './chatvolt.request-builder.js';
import {
  type ChatvoltAgent,
  type ChatvoltTemplate,
  readAgent,
  readSuccess,
  readTemplates,
} from './chatvolt.responses.js';
import type { SetAiEnabledDto } from './dto/index.js';
import { type ListedConversation, readConversations } from './listed-conversation.js';

/** Reads an agent, which checks that the key and the agent match. */
export function agentRead(account: ChatvoltAccount, agentId: string): ReadCall<ChatvoltAgent> {
  return {
    account,
    operation: 'agents',
    requestBuilderFor: () => chatvoltRequestBuilder(account),
    request: (builder) => builder.get(`agents/${encodeURIComponent(agentId)}`),
    read: (response) => readAgent(response, account, agentId),
    sampleBody: () => ({ id: account.name }),
  };
}

/** Reads a page of the list of conversations. One conversation is enough to check the key. */
export function conversationsRead(
  account: ChatvoltAccount,
  query = new URLSearchParams({ limit: '1' }),
): ReadCall<ListedConversation[]> {
  return {
    account,
    operation: 'conversation',
    requestBuilderFor: () => chatvoltRequestBuilder(account),
    request: (builder) => builder.get(`conversation?${query}`),
    read: (response) => readConversations(response, account),
    sampleBody: () => [],
  };
}

/** Reads the templates of an agent's WhatsApp number. */
export function templatesRead(account: ChatvoltAccount, agentId: string): ReadCall<ChatvoltTemplate[]> {
  return {
    account,
    operation: 'templates',
    requestBuilderFor: () => chatvoltRequestBuilder(account),
    request: (builder) => builder.get(`whatsapp/templates?${new URLSearchParams({ agentId })}`),
    read: (response) => readTemplates(response, account),
    sampleBody: () => [],
  };
}

/**
 * Sets whether the AI replies in a conversation. A repeated request changes nothing more.
 *
 * @see https://docs.chatvolt.ai/api-reference/endpoint/conversation/set-ai-enabled
 */
export function setAiEnabledRequest(
  account: ChatvoltAccount,
  { conversationId, enabled }: SetAiEnabledDto,
): ReadCall<void> {
  return {
    account,
    operation: 'set-ai-enabled',
    recipient: conversationId,
    requestBuilderFor: () => chatvoltRequestBuilder(account),
    request: (builder) =>
      builder.post(`conversations/${encodeURIComponent(conversationId)}/set-ai-enabled`, JSON.stringify({ enabled })),
    read: (response) => readSuccess(response, account),
    sampleBody: () => ({ success: true }),
  };
}
