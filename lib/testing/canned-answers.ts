import type { ProviderCall } from '../adapters/provider.client.js';
import { type Account, isCustom } from '../config/accounts/account.js';
import type { ProviderName } from '../config/accounts/account-options.interface.js';

/** A conversation that Chatvolt is said to have. */
export interface KnownConversation {
  phone: string;
  conversationId: string;
}

/** What each provider answers to a message that it accepts. */
const ACCEPTED: Readonly<Record<ProviderName, (messageId: string, recipient: string) => unknown>> = {
  'z-api': (messageId) => ({ zaapId: messageId, messageId, id: messageId }),
  chatvolt: (messageId) => ({ messageId }),
  'whatsapp-cloud': (messageId, recipient) => ({ messages: [{ id: messageId }], contacts: [{ wa_id: recipient }] }),
};

export function acceptedAnswer(account: Account, messageId: string, recipient: string): unknown {
  return isCustom(account) ? { messageId } : ACCEPTED[account.provider](messageId, recipient);
}

/** What a provider answers to a question: all is well, every number is on WhatsApp. */
export function readAnswer(call: ProviderCall<unknown>, conversations: readonly KnownConversation[]): unknown {
  switch (call.operation) {
    case 'status':
      return { connected: true, smartphoneConnected: true };
    case 'phone-exists':
      return { exists: true, phone: call.recipient };
    case 'conversation':
      return conversations.map(({ phone, conversationId }) => ({ id: conversationId, channelExternalId: phone }));
    default:
      return { id: call.account.name };
  }
}
