import { type AccountPacing, NO_PACING, type Pacing, pacingOf } from './account-base.js';
import type { CustomProvider } from './custom-provider.interface.js';

/** An account of a custom provider. @publicApi */
export interface CustomAccountOptions {
  provider: CustomProvider;
  /** The name that calls use to select this account. */
  name: string;
  /** The account's rate limit. */
  pacing?: Pacing;
}

/** A validated account of a custom provider. @publicApi */
export interface CustomAccount {
  /** `custom:` and the provider's name. */
  readonly provider: `custom:${string}`;
  readonly name: string;
  readonly pacing: AccountPacing;
  readonly custom: CustomProvider;
}

export function createCustomAccount({ provider, name, pacing }: CustomAccountOptions): CustomAccount {
  return { provider: `custom:${provider.name}`, name, pacing: pacingOf(pacing, NO_PACING), custom: provider };
}
