import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryModule, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  type OPTIONS_TYPE,
  WEBHOOK_OPTIONS,
} from './button-messaging.module-definition.js';
import { EXPORTS, PROVIDERS } from './button-messaging.providers.js';
import { ButtonMessagingConfig } from './config/button-messaging.config.js';
import type { WebhookOptions } from './config/button-messaging-options.interface.js';
import { Delivery } from './delivery/delivery.js';
import { ConfigurationError } from './errors/setup.errors.js';
import { OpenQuestions } from './events/open-questions.js';
import { CustomTransport } from './providers/custom/custom.transport.js';
import { MessagingLogger } from './telemetry/messaging.logger.js';
import { within } from './time/wait.js';
import { HttpTransport } from './transport/http-transport.js';
import { ButtonMessagingEvents } from './webhooks/button-messaging.events.js';
import { EventDispatcher } from './webhooks/event-dispatcher.js';
import { HandlerRegistry } from './webhooks/handler-registry.js';
import { RawBodies } from './webhooks/raw-bodies.js';
import { warnOfUnheard } from './webhooks/unheard-handlers.js';
import { webhookRoute } from './webhooks/webhook.controller.js';

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
export class ButtonMessagingModule
  extends ConfigurableModuleClass
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(
    modules: ModulesContainer,
    private readonly config: ButtonMessagingConfig,
    private readonly delivery: Delivery,
    private readonly questions: OpenQuestions,
    private readonly transport: HttpTransport,
    private readonly customTransport: CustomTransport,
    private readonly handlers: HandlerRegistry,
    private readonly dispatcher: EventDispatcher,
    private readonly events: ButtonMessagingEvents,
    private readonly logger: MessagingLogger,
    bodies: RawBodies,
    host: HttpAdapterHost,
    @Inject(WEBHOOK_OPTIONS) private readonly webhooks: WebhookOptions | false | undefined,
  ) {
    super();
    if (webhooks) bodies.install(host, webhookRoute(webhooks));
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

  onApplicationBootstrap(): void {
    const handlers = this.handlers.find();
    this.dispatcher.use(handlers);
    if (this.webhooks === undefined) warnOfUnheard(handlers, this.logger);
  }

  beforeApplicationShutdown(): void {
    this.delivery.stopWaiting();
    this.questions.endAll();
  }

  // After the HTTP server has closed, so that requests which it still answered could send.
  async onApplicationShutdown(): Promise<void> {
    const { closeTimeoutMs } = this.config.http;
    await within(closeTimeoutMs, this.dispatcher.idle());
    await Promise.all([this.transport.close(closeTimeoutMs), this.customTransport.close(closeTimeoutMs)]);
    this.events.complete();
  }
}
