import { type AccountPacing, NamedAccountDto, NO_PACING, type Pacing, pacingOf } from './account-base.js';
import type { CustomProvider } from './custom-provider.interface.js';

/** An account at a provider of your own. */
export interface CustomAccountOptions {
  provider: CustomProvider;
  /** The name by which calls choose this account. */
  name: string;
  pacing?: Pacing;
}

/** An account at a provider of the application's own. */
export interface CustomAccount {
  /** `custom:` and the provider's name. */
  readonly provider: `custom:${string}`;
  readonly name: string;
  readonly pacing: AccountPacing;
  readonly custom: CustomProvider;
}

/** The options beside the provider. */
export class CustomAccountOptionsDto extends NamedAccountDto {}

export function createCustomAccount({ provider, name, pacing }: CustomAccountOptions): CustomAccount {
  return { provider: `custom:${provider.name}`, name, pacing: pacingOf(pacing, NO_PACING), custom: provider };
}
