import { AccountStore } from '../accounts/account-store.js';
import { hexadecimal } from '../identifiers.js';
import type { SimulatedZApiAccount } from '../simulated-account.interface.js';

/** Creates the store of Z-API's instances. */
export function zApiAccounts(baseUrl: string): AccountStore<SimulatedZApiAccount> {
  const first: SimulatedZApiAccount = {
    provider: 'z-api',
    name: 'z-api',
    instanceId: '51A1A7ED0000000000000000000000A1',
    token: '70CE700000000000000000A1',
    clientToken: 'F51A1A7EDC11E4770CE70000000000A1S',
    baseUrl,
  };
  return new AccountStore(first, 'instanceId', () => ({
    instanceId: hexadecimal(32),
    token: hexadecimal(24),
    clientToken: `F${hexadecimal(31)}S`,
  }));
}
