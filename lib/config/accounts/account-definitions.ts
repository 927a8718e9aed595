import type { AccountOf } from './account.js';
import type { AccountDefinition } from './account-definition.interface.js';
import type { KnownAccountOptions, ProviderName } from './account-options.interface.js';
import { CHATVOLT_ACCOUNT } from './chatvolt.account.js';
import { WHATSAPP_CLOUD_ACCOUNT } from './whatsapp-cloud.account.js';
import { Z_API_ACCOUNT } from './z-api.account.js';

type DefinitionOf<Name extends ProviderName> = AccountDefinition<
  Name,
  Extract<KnownAccountOptions, { provider: Name }>,
  AccountOf<Name>
>;

/** The accounts of each provider: the compiler asks for the line of a new one. */
const DEFINITIONS: { readonly [Name in ProviderName]: DefinitionOf<Name> } = {
  'z-api': Z_API_ACCOUNT,
  chatvolt: CHATVOLT_ACCOUNT,
  'whatsapp-cloud': WHATSAPP_CLOUD_ACCOUNT,
};

export type KnownAccountDefinition = AccountDefinition<ProviderName, KnownAccountOptions, AccountOf<ProviderName>>;

export const ACCOUNT_DEFINITIONS: readonly KnownAccountDefinition[] = Object.values(DEFINITIONS);

export const PROVIDER_NAMES: readonly ProviderName[] = ACCOUNT_DEFINITIONS.map(({ provider }) => provider);

export function accountDefinitionOf(provider: unknown): KnownAccountDefinition | undefined {
  return ACCOUNT_DEFINITIONS.find((definition) => definition.provider === provider);
}
