import type { Provider, Type } from '@nestjs/common';
import type { Account } from '../config/accounts/account.js';
import type { ProviderAdapter } from './provider-adapter.interface.js';

/** The parts of a provider that the rest of the package uses. */
export interface AdapterDefinition<A extends Account = Account> {
  readonly adapter: Type<ProviderAdapter<A>>;
  /** The services that applications inject. */
  readonly services: readonly Type[];
  /** The other Nest providers that the adapter needs. */
  readonly providers: readonly Provider[];
  /** The exports of the folder `dto/`. */
  readonly dtos: object;
  /** The base classes of the DTOs that ignore the module's `limits`, because the provider has its own. */
  readonly dtosWithOwnLimits: readonly (abstract new () => object)[];
}
