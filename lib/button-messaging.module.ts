import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryModule, HttpAdapterHost } from '@nestjs/core';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  type OPTIONS_TYPE,
  WEBHOOK_OPTIONS,
} from './button-messaging.module-definition.js';
import { EXPORTS, PROVIDERS } from './button-messaging.providers.js';
import { refusedRegistration, withCheckedFactory } from './button-messaging.registration.js';
import { accountWarnings, LaterAccountWarnings } from './config/account-warnings.js';
import { ButtonMessagingConfig } from './config/button-messaging.config.js';
import type { WebhookOptions } from './config/button-messaging-options.interface.js';
import { optionNames } from './config/check-options.js';
import { checkAsyncRegistration } from './config/check-registration.js';
import { Delivery } from './delivery/delivery.js';
import { OpenQuestions } from './events/open-questions.js';
import { CustomTransport } from './providers/custom/custom.transport.js';
import { SentMessages } from './providers/sent-messages.js';
import { MessagingLogger } from './telemetry/messaging.logger.js';
import { within } from './time/wait.js';
import { HttpTransport } from './transport/http-transport.js';
import { DtoValidator } from './validation/index.js';
import { isRecord } from './validation/is-record.js';
import { ButtonMessagingEvents } from './webhooks/button-messaging.events.js';
import { EarlyCallbacks } from './webhooks/early-callbacks.js';
import { EventDispatcher } from './webhooks/event-dispatcher.js';
import { HandlerRegistry } from './webhooks/handler-registry.js';
import { RawBodies } from './webhooks/raw-bodies.js';
import { warnOfUnheard } from './webhooks/unheard-handlers.js';

const LOADED_TOO_LATE =
  'The webhooks of ButtonMessagingModule are not mounted: Nest mounts no routes of lazily loaded modules. ' +
  'Import it in a module that is there when the application starts.';

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
    private readonly config: ButtonMessagingConfig,
    private readonly delivery: Delivery,
    private readonly questions: OpenQuestions,
    private readonly transport: HttpTransport,
    private readonly customTransport: CustomTransport,
    private readonly handlers: HandlerRegistry,
    private readonly dispatcher: EventDispatcher,
    private readonly early: EarlyCallbacks,
    private readonly events: ButtonMessagingEvents,
    private readonly logger: MessagingLogger,
    private readonly sentMessages: SentMessages,
    bodies: RawBodies,
    private readonly host: HttpAdapterHost,
    @Inject(WEBHOOK_OPTIONS) private readonly webhooks: WebhookOptions | false | undefined,
  ) {
    super();
    const later = new LaterAccountWarnings(isProduction(), (line) => this.logger.warn(line));
    config.onResolved((account) => later.meet(account));
    if (webhooks && host.listening) this.logger.warn(LOADED_TOO_LATE);
    else if (webhooks) bodies.install(host);
  }

  /**
   * Registers the services. Without accounts, and without a way to find them, they come from the environment.
   *
   * @throws ConfigurationError at start-up, with every fault by its path.
   */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    if (isRecord(options)) return super.forRoot(options);
    return refusedRegistration(this, [{ path: '', rule: 'isObject', message: 'forRoot must be given an object' }]);
  }

  /**
   * Registers the services with options that come from elsewhere. What shapes the module (`isGlobal`, `webhooks`,
   * `extraProviders`) stands beside the factory.
   *
   * @throws ConfigurationError at start-up, with every fault by its path.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    const names = optionNames(new DtoValidator());
    const issues = checkAsyncRegistration(options, names);
    if (issues.length > 0) return refusedRegistration(this, issues);
    return withCheckedFactory(super.forRootAsync(options), options, names);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.handlers.load();
    this.dispatcher.use(this.handlers);
    for (const line of accountWarnings(this.config.accounts, isProduction())) this.logger.warn(line);
    if (this.webhooks === undefined) warnOfUnheard(this.handlers.handlers, this.logger);
    if (this.webhooks) this.tellIfNotMounted();
  }

  private tellIfNotMounted(): void {
    // A worker's application, or a command's, has none, whatever Nest's type says.
    const adapter: HttpAdapterHost['httpAdapter'] | null | undefined = this.host.httpAdapter;
    if (!adapter) this.logger.debug('This application serves no HTTP, so its webhooks are not mounted.');
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.delivery.stopWaiting();
    this.questions.endAll();
    this.early.stopWaiting();
    // While the stores are still there.
    await this.sentMessages.flush(this.config.http.closeTimeoutMs);
  }

  // After the HTTP server has closed, so that requests which it still answered could send.
  async onApplicationShutdown(): Promise<void> {
    const { closeTimeoutMs } = this.config.http;
    await within(closeTimeoutMs, this.dispatcher.idle());
    await Promise.all([this.transport.close(closeTimeoutMs), this.customTransport.close(closeTimeoutMs)]);
    this.sentMessages.end();
    this.events.complete();
  }
}

function isProduction(): boolean {
  return process.env.NODE_ENV === 'production';
}
