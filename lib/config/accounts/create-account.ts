import type { Account } from './account.js';
import { accountDefinitionOf } from './account-definitions.js';
import type { AccountOptions } from './account-options.interface.js';
import { type CustomAccountOptions, createCustomAccount } from './custom.account.js';

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
