import type { AccountOf } from '../config/accounts/account.js';
import type { ProviderName } from '../config/accounts/account-options.interface.js';
import type { CustomAccount } from '../config/accounts/custom.account.js';
import type { AdapterDefinition } from './adapter-definition.interface.js';
import { CHATVOLT_ADAPTER } from './chatvolt/chatvolt.definition.js';
import { CUSTOM_ADAPTER } from './custom/custom.definition.js';
import { WHATSAPP_CLOUD_ADAPTER } from './whatsapp-cloud/whatsapp-cloud.definition.js';
import { Z_API_ADAPTER } from './z-api/z-api.definition.js';

type Definitions = { readonly [Name in ProviderName]: AdapterDefinition<AccountOf<Name>> } & {
  readonly custom: AdapterDefinition<CustomAccount>;
};

/** The adapter of each provider. A new provider needs one entry here. */
const DEFINITIONS: Definitions = {
  'z-api': Z_API_ADAPTER,
  chatvolt: CHATVOLT_ADAPTER,
  'whatsapp-cloud': WHATSAPP_CLOUD_ADAPTER,
  custom: CUSTOM_ADAPTER,
};

export const ADAPTER_DEFINITIONS: ReadonlyMap<string, AdapterDefinition> = new Map(Object.entries(DEFINITIONS));
