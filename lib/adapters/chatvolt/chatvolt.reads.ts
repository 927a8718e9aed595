import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { ReadCall } from '../provider.client.js';
import { chatvoltRequestBuilder } from './chatvolt.request-builder.js';
import { type ChatvoltAgent, readAgent } from './chatvolt.responses.js';
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
