import type { DynamicModule, InjectionToken, Provider } from '@nestjs/common';
import { Sealed } from './accounts/sealed.js';

/** A module's options on their way through Nest's container, which shows to anybody what it holds: they are secret. */
export class GivenOptions<Options> extends Sealed<Options> {
  constructor(options: Options) {
    super(options, '[options]');
  }
}

/** A module's definition whose provider of this token gives `GivenOptions`. */
export function withSealedOptions(definition: DynamicModule, token: InjectionToken): DynamicModule {
  return { ...definition, providers: definition.providers?.map((provider) => sealed(provider, token)) ?? [] };
}

/** The options, sealed or put there by a test. */
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
