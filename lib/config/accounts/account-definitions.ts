import type { AccountDefinition } from './account-definition.interface.js';
import type { AccountOptions } from './account-options.interface.js';
import { CHATVOLT_ACCOUNT, type ChatvoltAccount, type ChatvoltAccountOptions } from './chatvolt.account.js';
import { type CustomAccount, type CustomAccountOptions, createCustomAccount } from './custom.account.js';
import {
  WHATSAPP_CLOUD_ACCOUNT,
  type WhatsAppCloudAccount,
  type WhatsAppCloudAccountOptions,
} from './whatsapp-cloud.account.js';
import { Z_API_ACCOUNT, type ZApiAccount, type ZApiAccountOptions } from './z-api.account.js';

// A new provider adds a member to each of the two unions and an entry to the definitions.

/** An account of a built-in provider. @publicApi */
export type KnownAccountOptions = ZApiAccountOptions | ChatvoltAccountOptions | WhatsAppCloudAccountOptions;

/** A validated and frozen account with sealed secrets. @publicApi */
export type Account = ZApiAccount | ChatvoltAccount | WhatsAppCloudAccount | CustomAccount;

type Name = KnownAccountOptions['provider'];

type DefinitionOf<P extends Name> = AccountDefinition<
  Extract<KnownAccountOptions, { provider: P }>,
  Extract<Account, { provider: P }>
>;

/** The accounts of each provider. The compiler requires an entry for a new one. */
const DEFINITIONS: { readonly [P in Name]: DefinitionOf<P> } = {
  'z-api': Z_API_ACCOUNT,
  chatvolt: CHATVOLT_ACCOUNT,
  'whatsapp-cloud': WHATSAPP_CLOUD_ACCOUNT,
};

export type KnownAccountDefinition = AccountDefinition<KnownAccountOptions, Extract<Account, { provider: Name }>>;

export const ACCOUNT_DEFINITIONS: readonly KnownAccountDefinition[] = Object.values(DEFINITIONS);

export const PROVIDER_NAMES: readonly Name[] = ACCOUNT_DEFINITIONS.map(({ provider }) => provider);

export function accountDefinitionOf(provider: unknown): KnownAccountDefinition | undefined {
  return ACCOUNT_DEFINITIONS.find((definition) => definition.provider === provider);
}

/** @param options Validated options. */
export function createAccount(options: AccountOptions): Account {
  if (isCustomOptions(options)) return Object.freeze(createCustomAccount(options));
  const definition = accountDefinitionOf(options.provider);
  if (!definition) throw new TypeError(`Unknown provider: ${options.provider}`);
  return Object.freeze(definition.create(options));
}

function isCustomOptions(options: AccountOptions): options is CustomAccountOptions {
  return typeof options.provider === 'object';
}
