import { AccountStore } from '../accounts/account-store.js';
import { chatvoltId, hexadecimal } from '../identifiers.js';
import type { SimulatedChatvoltAccount } from '../simulated-account.interface.js';

/** Creates the store of Chatvolt's agents. */
export function chatvoltAccounts(baseUrl: string): AccountStore<SimulatedChatvoltAccount> {
  const first: SimulatedChatvoltAccount = {
    provider: 'chatvolt',
    name: 'chatvolt',
    apiKey: 'simulated-chatvolt-api-key-a1',
    agentId: 'csimulatedagent0000000001',
    lookUpConversations: true,
    phoneNumberId: '100000000000001',
    webhookSecret: 'simulated-chatvolt-webhook-secret-a1',
    baseUrl,
  };
  return new AccountStore(first, 'agentId', () => ({
    apiKey: `simulated-chatvolt-api-key-${hexadecimal(8)}`,
    agentId: chatvoltId(),
    webhookSecret: `simulated-chatvolt-webhook-secret-${hexadecimal(8)}`,
  }));
}
