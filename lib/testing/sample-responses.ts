import type { HttpProviderCall } from '../adapters/provider.client.js';

/** A conversation that Chatvolt returns in tests. */
export interface KnownConversation {
  phone: string;
  conversationId: string;
}

/** Returns the body of a successful response to a request. */
export function sampleResponse(
  call: HttpProviderCall<unknown>,
  messageId: string,
  conversations: readonly KnownConversation[],
): unknown {
  if (call.account.provider !== 'chatvolt' || call.operation !== 'conversation') return call.sampleBody(messageId);
  return conversations.map(({ phone, conversationId }) => ({ id: conversationId, channelExternalId: phone }));
}
