import { ACCOUNT_DEFINITIONS } from '../config/accounts/account-definitions.js';
import type { ButtonMessagingOptions } from '../config/button-messaging-options.interface.js';

/** Adds one account of each provider to options without accounts, so that a test needs no environment variables. */
export function testingOptions(options: ButtonMessagingOptions): ButtonMessagingOptions {
  if (options.accounts !== undefined || options.resolveAccount !== undefined) return options;
  const accounts = ACCOUNT_DEFINITIONS.map(({ testAccount }) => testAccount);
  return { defaultAccount: 'z-api', ...options, accounts };
}
