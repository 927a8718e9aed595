import type { Provider, Type } from '@nestjs/common';
import { ADAPTER_DEFINITIONS } from './adapter-definitions.js';
import { ProviderClient } from './provider.client.js';
import { ProviderOperations } from './provider.operations.js';
import { ProviderRegistry } from './provider.registry.js';
import type { ProviderAdapter } from './provider-adapter.interface.js';

const NAMES = [...ADAPTER_DEFINITIONS.keys()];
const DEFINITIONS = [...ADAPTER_DEFINITIONS.values()];
const ADAPTERS = DEFINITIONS.map(({ adapter }) => adapter);

/** The services of all providers, which applications inject. */
export const ADAPTER_SERVICES: readonly Type[] = DEFINITIONS.flatMap(({ services }) => services);

export const ADAPTER_PROVIDERS: readonly Provider[] = [
  ProviderClient,
  ProviderOperations,
  ...DEFINITIONS.flatMap(({ providers }) => providers),
  ...ADAPTERS,
  ...ADAPTER_SERVICES,
  {
    provide: ProviderRegistry,
    inject: ADAPTERS,
    useFactory: (...adapters: ProviderAdapter[]) =>
      new ProviderRegistry(new Map(adapters.map((adapter, index) => [NAMES[index] ?? '', adapter]))),
  },
];
