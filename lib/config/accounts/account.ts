import type { Account } from './account-definitions.js';
import type { ProviderName } from './account-options.interface.js';
import type { CustomAccount } from './custom.account.js';

export type { Account };

/** The account of one provider. @publicApi */
export type AccountOf<P extends ProviderName> = Extract<Account, { provider: P }>;

export function isCustom(account: Account): account is CustomAccount {
  return 'custom' in account;
}

export function isAccountOf<P extends ProviderName>(account: Account, provider: P): account is AccountOf<P> {
  return account.provider === provider;
}

/** Returns the provider's name for routes and lists. It is `custom` for every custom provider. */
export function providerNameOf(account: Account): ProviderName | 'custom' {
  return isCustom(account) ? 'custom' : account.provider;
}
