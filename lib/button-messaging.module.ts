import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  type OPTIONS_TYPE,
} from './button-messaging.module-definition.js';
import { EXPORTS, PROVIDERS } from './button-messaging.providers.js';
import { checkAsyncRegistration, EXTRA_NAMES, FACTORY_METHOD } from './config/check-registration.js';
import { refusedRegistration, withCheckedFactory } from './config/checked-factory.js';
import { optionNames } from './config/validate-options.js';
import { DtoValidator } from './validation/index.js';
import { isRecord } from './validation/is-record.js';

/**
 * WhatsApp messages with buttons, through Z-API, Chatvolt and the WhatsApp Cloud API. Registered once in an
 * application, with as many accounts as there are.
 *
 * @example
 * \@Module({
 *   imports: [
 *     ButtonMessagingModule.forRoot({
 *       accounts: [{ provider: 'z-api', name: 'support', instanceId: '…', token: '…' }],
 *     }),
 *   ],
 * })
 * export class AppModule {}
 */
@Module({ imports: [DiscoveryModule], providers: [...PROVIDERS], exports: [...EXPORTS] })
export class ButtonMessagingModule extends ConfigurableModuleClass {
  /**
   * Registers the services. Without accounts, and without a way to find them, they come from the environment.
   *
   * @throws ConfigurationError at start-up, with every fault by its path.
   */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    if (isRecord(options)) return super.forRoot(options);
    const issue = { path: '', rule: 'isObject', message: 'forRoot must be given an object' };
    return refusedRegistration(this, MODULE_OPTIONS_TOKEN, [issue]);
  }

  /**
   * Registers the services with options that come from elsewhere. What shapes the module (`isGlobal`, `webhooks`,
   * `extraProviders`) stands beside the factory.
   *
   * @throws ConfigurationError at start-up, with every fault by its path.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    const names = optionNames(new DtoValidator());
    const known = { method: 'forRootAsync', optionNames: names, extraNames: EXTRA_NAMES };
    const issues = checkAsyncRegistration(options, known);
    if (issues.length > 0) return refusedRegistration(this, MODULE_OPTIONS_TOKEN, issues);
    return withCheckedFactory(super.forRootAsync(options), options, {
      token: MODULE_OPTIONS_TOKEN,
      factoryMethod: FACTORY_METHOD,
      names,
      owner: '',
      empty: 'to take the accounts of the environment',
    });
  }
}
