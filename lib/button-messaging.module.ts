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
import { failedRegistration, withCheckedFactory } from './config/checked-factory.js';
import { optionNames } from './config/validate-options.js';
import { DtoValidator } from './validation/index.js';
import { isRecord } from './validation/is-record.js';

/**
 * Sends WhatsApp messages with buttons through Z-API, Chatvolt and the WhatsApp Cloud API. Register it once per
 * application, with all accounts.
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
 *
 * @publicApi
 */
@Module({ imports: [DiscoveryModule], providers: [...PROVIDERS], exports: [...EXPORTS] })
export class ButtonMessagingModule extends ConfigurableModuleClass {
  /**
   * Registers the services. Without `accounts` and `resolveAccount`, accounts come from environment variables.
   *
   * @throws ConfigurationError at startup, with every issue and its path.
   */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    if (isRecord(options)) return super.forRoot(options);
    const issue = { path: '', rule: 'isObject', message: 'forRoot() requires an object' };
    return failedRegistration(this, MODULE_OPTIONS_TOKEN, [issue]);
  }

  /**
   * Registers the services with asynchronous options. `isGlobal`, `webhooks` and `extraProviders` are next to the
   * factory.
   *
   * @throws ConfigurationError at startup, with every issue and its path.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    const names = optionNames(new DtoValidator());
    const known = { method: 'forRootAsync', optionNames: names, extraNames: EXTRA_NAMES };
    const issues = checkAsyncRegistration(options, known);
    if (issues.length > 0) return failedRegistration(this, MODULE_OPTIONS_TOKEN, issues);
    return withCheckedFactory(super.forRootAsync(options), options, {
      token: MODULE_OPTIONS_TOKEN,
      factoryMethod: FACTORY_METHOD,
      names,
      owner: '',
      empty: 'to use the accounts of the environment',
    });
  }
}
