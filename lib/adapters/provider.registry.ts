import { type Account, providerNameOf } from '../config/accounts/account.js';
import type { ProviderAdapter } from './provider-adapter.interface.js';

/** Finds the adapter of an account's provider. */
export class ProviderRegistry {
  /** @param adapters By the provider's name. `custom` is the adapter of all providers that applications implement. */
  constructor(private readonly adapters: ReadonlyMap<string, ProviderAdapter>) {}

  has(name: string): boolean {
    return this.adapters.has(name);
  }

  of(account: Account): ProviderAdapter {
    const name = providerNameOf(account);
    const adapter = this.adapters.get(name);
    if (!adapter) throw new TypeError(`No adapter is registered for provider ${name}`);
    return adapter;
  }
}
