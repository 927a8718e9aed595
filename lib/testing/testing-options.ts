import type { AccountOptions } from '../config/accounts/account-options.interface.js';
import type { ButtonMessagingOptions } from '../config/button-messaging-options.interface.js';

/** One account of each provider, named after it. */
function defaultAccounts(): AccountOptions[] {
  return [
    { provider: 'z-api', name: 'z-api', instanceId: 'instance', token: 'token' },
    { provider: 'chatvolt', name: 'chatvolt', apiKey: 'key', agentId: 'agent' },
    { provider: 'whatsapp-cloud', name: 'whatsapp-cloud', phoneNumberId: '100000000000001', accessToken: 'token' },
  ];
}

/** The options of a test, with accounts where it gives none: nothing comes from the environment. */
export function testingOptions(options: ButtonMessagingOptions): ButtonMessagingOptions {
  if (options.accounts !== undefined || options.resolveAccount !== undefined) return options;
  return { defaultAccount: 'z-api', ...options, accounts: defaultAccounts() };
}
