import { type BeforeApplicationShutdown, type DynamicModule, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  type OPTIONS_TYPE,
} from './button-messaging.module-definition.js';
import { EXPORTS, PROVIDERS } from './button-messaging.providers.js';
import { ButtonMessagingConfig } from './config/button-messaging.config.js';
import { Delivery } from './delivery/delivery.js';
import { ConfigurationError } from './errors/setup.errors.js';
import { HttpTransport } from './transport/http-transport.js';

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
@Module({ providers: [...PROVIDERS], exports: [...EXPORTS] })
export class ButtonMessagingModule
  extends ConfigurableModuleClass
  implements BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(
    modules: ModulesContainer,
    private readonly config: ButtonMessagingConfig,
    private readonly delivery: Delivery,
    private readonly transport: HttpTransport,
  ) {
    super();
    const registrations = [...modules.values()].filter((module) => module.metatype === ButtonMessagingModule);
    if (registrations.length > 1) {
      const message = 'ButtonMessagingModule is registered twice: register it once, with several accounts';
      throw new ConfigurationError([{ path: '', rule: 'registeredOnce', message }]);
    }
  }

  /**
   * Registers the services. Without accounts, and without a way to find them, they come from the environment.
   *
   * @throws ConfigurationError at start-up, with every fault by its path.
   */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    return super.forRoot(options);
  }

  /**
   * Registers the services with options that come from elsewhere. What shapes the module (`isGlobal`, `webhooks`,
   * `extraProviders`) stands beside the factory.
   *
   * @throws ConfigurationError at start-up, with every fault by its path.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return super.forRootAsync(options);
  }

  beforeApplicationShutdown(): void {
    this.delivery.stopWaiting();
  }

  // After the HTTP server has closed, so that requests which it still answered could send.
  async onApplicationShutdown(): Promise<void> {
    await this.transport.close(this.config.http.closeTimeoutMs);
  }
}
