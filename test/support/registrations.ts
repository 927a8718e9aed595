import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import {
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  type ButtonMessagingOptions,
  type ButtonMessagingOptionsFactory,
} from '../../lib/index.js';

/** One way to register the module. */
export type Registration = [name: string, register: (options: ButtonMessagingModuleOptions) => DynamicModule];

/** Every way: each must lead to the same module. */
export const REGISTRATIONS: Registration[] = [
  ['forRoot', (options) => ButtonMessagingModule.forRoot(options)],
  ['forRootAsync with useFactory', useFactory],
  ['forRootAsync with useClass', useClass],
  ['forRootAsync with useExisting', useExisting],
];

function useFactory(given: ButtonMessagingModuleOptions): DynamicModule {
  const { options, extras } = taken(given);
  return ButtonMessagingModule.forRootAsync({ ...extras, useFactory: async () => options });
}

function useClass(given: ButtonMessagingModuleOptions): DynamicModule {
  const { options, extras } = taken(given);
  return ButtonMessagingModule.forRootAsync({ ...extras, useClass: factoryOf(options) });
}

function useExisting(given: ButtonMessagingModuleOptions): DynamicModule {
  const { options, extras } = taken(given);
  const Factory = factoryOf(options);

  @Module({ providers: [Factory], exports: [Factory] })
  class OptionsModule {}

  return ButtonMessagingModule.forRootAsync({ ...extras, imports: [OptionsModule], useExisting: Factory });
}

function factoryOf(options: ButtonMessagingOptions) {
  @Injectable()
  class OptionsFactory implements ButtonMessagingOptionsFactory {
    createButtonMessagingOptions() {
      return options;
    }
  }
  return OptionsFactory;
}

function taken({ isGlobal, webhooks, extraProviders, ...options }: ButtonMessagingModuleOptions) {
  const extras = {
    ...(isGlobal !== undefined && { isGlobal }),
    ...(webhooks !== undefined && { webhooks }),
    ...(extraProviders !== undefined && { extraProviders }),
  };
  return { options, extras };
}
