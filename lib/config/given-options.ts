import type { DynamicModule, InjectionToken, Provider } from '@nestjs/common';
import { Sealed } from './accounts/sealed.js';

/** A module's options within Nest's container, which shows its contents to any code. They contain secrets. */
export class GivenOptions<Options> extends Sealed<Options> {
  constructor(options: Options) {
    super(options, '[options]');
  }
}

/** Seals the options that a module's definition provides under this token. */
export function withSealedOptions(definition: DynamicModule, token: InjectionToken): DynamicModule {
  return { ...definition, providers: definition.providers?.map((provider) => sealed(provider, token)) ?? [] };
}

/** Returns the options, whether they are sealed or were replaced by a test. */
export function revealOptions<Options>(given: GivenOptions<Options> | Options): Options {
  return given instanceof GivenOptions ? given.reveal() : given;
}

function sealed(provider: Provider, token: InjectionToken): Provider {
  if (typeof provider === 'function' || provider.provide !== token) return provider;
  if ('useValue' in provider) {
    const { useValue: options } = provider;
    return { provide: token, useFactory: () => new GivenOptions(options) };
  }
  if (!('useFactory' in provider)) return provider;
  const { useFactory } = provider;
  return {
    ...provider,
    useFactory: async (...dependencies: unknown[]) => new GivenOptions(await useFactory(...dependencies)),
  };
}
