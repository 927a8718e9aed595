import { credential } from '../accounts/account-form.interface.js';
import { AccountStore } from '../accounts/account-store.js';
import { chatvoltId, hexadecimal } from '../identifiers.js';
import type { SimulatedChatvoltAccount } from '../simulated-account.interface.js';

/** Creates the store of Chatvolt's agents. */
export function chatvoltAccounts(baseUrl: string): AccountStore<SimulatedChatvoltAccount> {
  return new AccountStore<SimulatedChatvoltAccount>({
    first: {
      provider: 'chatvolt',
      name: 'chatvolt',
      apiKey: 'simulated-chatvolt-api-key-a1',
      agentId: 'csimulatedagent0000000001',
      lookUpConversations: true,
      webhookSecret: 'simulated-chatvolt-webhook-secret-a1',
      baseUrl,
    },
    made: (name) => ({
      provider: 'chatvolt',
      name,
      apiKey: `simulated-chatvolt-api-key-${hexadecimal(8)}`,
      agentId: chatvoltId(),
      lookUpConversations: true,
      webhookSecret: `simulated-chatvolt-webhook-secret-${hexadecimal(8)}`,
      baseUrl,
    }),
    read: (given, account) => {
      given.only('apiKey', 'agentId', 'webhookSecret');
      return {
        ...account,
        apiKey: credential(given, 'apiKey', account.apiKey),
        agentId: credential(given, 'agentId', account.agentId),
        webhookSecret: credential(given, 'webhookSecret', account.webhookSecret),
      };
    },
    clash: (one, other) => one.agentId === other.agentId,
  });
}
