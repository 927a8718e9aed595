import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Global,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import { checkHasCore } from '../config/check-core.js';
import { checkAsyncRegistration } from '../config/check-registration.js';
import { OPTIONS_WAY, refusedRegistration, withCheckedFactory } from '../config/checked-factory.js';
import type { GivenOptions } from '../config/given-options.js';
import { ConfigurationError } from '../errors/setup.errors.js';
import { QueueBacklog } from '../stores/queue-backlog.js';
import { SharedStores } from '../stores/shared-stores.js';
import { isRecord } from '../validation/is-record.js';
import { EventHandlerExplorer } from '../webhooks/handlers/event-handler.explorer.js';
import { AccountWaits } from './account-waits.js';
import { ButtonMessagingQueue } from './button-messaging.queue.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  FACTORY_METHOD,
  type OPTIONS_TYPE,
  QUEUE_OPTIONS,
} from './button-messaging-queue.module-definition.js';
import { EngineWarnings } from './engine-warnings.js';
import { FairOrder } from './fair-order.js';
import { HeldMessageReconciler } from './held-message.reconciler.js';
import { HeldMessages } from './held-messages.js';
import { PausedAccounts } from './paused-accounts.js';
import type { QueueWorker } from './queue.worker.js';
import { QueueConnection } from './queue-connection.js';
import { QueueEventStream } from './queue-event.stream.js';
import { QueueEventsListener } from './queue-events.listener.js';
import type { ButtonMessagingQueueOptions } from './queue-options.interface.js';
import { coreOf, listensToAllEvents, QUEUE_PROVIDERS, QUEUE_SETTINGS } from './queue-providers.js';
import { OPTION_NAMES, type QueueSettings, settingsOf } from './queue-settings.js';
import { QueueTelemetry } from './queue-telemetry.js';
import { RetentionSweeper } from './retention.sweeper.js';
import { WorkerTrouble } from './worker-trouble.js';

/**
 * A durable queue beside `ButtonMessagingModule`, in this process or shared by many. Registered once in an application,
 * it also makes keys, pacing, sent messages and answers common to all processes that have the same engine and name.
 *
 * @example
 * \@Module({
 *   imports: [
 *     ButtonMessagingModule.forRoot(),
 *     ButtonMessagingQueueModule.forRoot({ engine: { kind: 'redis', connection: 'redis://127.0.0.1:6379' } }),
 *   ],
 * })
 * export class AppModule {}
 */
@Global()
@Module({
  providers: [
    // A registration puts its own in the place of these two.
    { provide: QUEUE_OPTIONS, useFactory: refuseBareImport },
    { provide: OPTIONS_WAY, useValue: undefined },
    {
      provide: QUEUE_SETTINGS,
      inject: [QUEUE_OPTIONS, ModulesContainer],
      // Everything else needs the settings: nothing is opened before.
      useFactory: (given: GivenOptions<ButtonMessagingQueueOptions>, modules: ModulesContainer) => {
        checkIsOnly(modules);
        checkHasCore(modules, 'ButtonMessagingQueueModule');
        checkIsInTime(modules);
        return settingsOf(given.reveal());
      },
    },
    ...QUEUE_PROVIDERS,
  ],
  exports: [ButtonMessagingQueue, QueueBacklog, SharedStores],
})
export class ButtonMessagingQueueModule
  extends ConfigurableModuleClass
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  private worker: QueueWorker | undefined;
  private listener: QueueEventsListener | undefined;
  private proof: HeldMessageReconciler | undefined;
  private sweep: RetentionSweeper | undefined;

  constructor(
    private readonly modules: ModuleRef,
    private readonly connection: QueueConnection,
    private readonly events: QueueEventStream,
  ) {
    super();
  }

  /**
   * Registers the queue. Without options it is embedded: in this process, on disk.
   *
   * @throws ConfigurationError, QueueUnavailableError at start-up.
   */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    if (isRecord(options)) return super.forRoot(options);
    const message = 'ButtonMessagingQueueModule.forRoot must be given an object';
    return refusedRegistration(this, QUEUE_OPTIONS, [{ path: '', rule: 'isObject', message }]);
  }

  /**
   * Registers the queue with options that come from elsewhere.
   *
   * @throws ConfigurationError, QueueUnavailableError at start-up.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    const method = 'ButtonMessagingQueueModule.forRootAsync';
    const issues = checkAsyncRegistration(options, { method, optionNames: OPTION_NAMES, extraNames: [] });
    if (issues.length > 0) return refusedRegistration(this, QUEUE_OPTIONS, issues);
    return withCheckedFactory(super.forRootAsync(options), options, {
      token: QUEUE_OPTIONS,
      factoryMethod: FACTORY_METHOD,
      names: OPTION_NAMES,
      owner: 'ButtonMessagingQueueModule: ',
      empty: 'for the embedded queue',
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const { connection, events } = this;
    const { sender, messages, logger } = coreOf(this.modules);
    this.modules.get(EngineWarnings).log(logger);
    const settings = this.modules.get<QueueSettings>(QUEUE_SETTINGS);
    const held = this.modules.get(HeldMessages);
    this.proof = new HeldMessageReconciler(messages, held, logger);
    this.proof.start();
    const order = this.modules.get(FairOrder);
    await order.look();
    if (listensToAllEvents(settings)) {
      this.listener = new QueueEventsListener(connection, settings, held, events, logger);
      await this.listener.start();
    }
    if (!settings.worker) return;
    const pauses = this.modules.get(PausedAccounts);
    const telemetry = this.modules.get(QueueTelemetry);
    const waits = this.modules.get(AccountWaits);
    const trouble = this.modules.get(WorkerTrouble);
    // Not before the engine is open: it is the engine that says which packages are missing.
    const { QueueWorker } = await import('./queue.worker.js');
    this.worker = new QueueWorker({
      connection,
      settings,
      sender,
      held,
      pauses,
      waits,
      order,
      trouble,
      events,
      logger,
      telemetry,
    });
    this.sweep = new RetentionSweeper(connection, settings, logger);
    await this.worker.start();
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.worker?.close(), this.sweep?.stop()]);
  }

  // After the HTTP server has closed, so that requests which it still answered could enqueue.
  async onApplicationShutdown(): Promise<void> {
    this.proof?.stop();
    await this.listener?.close();
    await this.connection.close();
    this.events.complete();
  }
}

/** @throws ConfigurationError: an embedded queue that nobody asked for would keep messages where nobody expects them. */
function refuseBareImport(): never {
  const message = 'ButtonMessagingQueueModule is imported bare: register it once, by forRoot() or forRootAsync()';
  throw new ConfigurationError([{ path: '', rule: 'registered', message }]);
}

/** @throws ConfigurationError where it is loaded lazily: Nest would never tell it to begin, and nothing would be sent. */
function checkIsInTime(modules: ModulesContainer): void {
  const registries = [...modules.values()].map(
    ({ providers }): unknown => providers.get(EventHandlerExplorer)?.instance,
  );
  if (!registries.some((registry) => registry instanceof EventHandlerExplorer && registry.isLoaded)) return;
  const message =
    'ButtonMessagingQueueModule is loaded lazily, and Nest would never begin to send: import it in a module that is ' +
    'there when the application starts';
  throw new ConfigurationError([{ path: '', rule: 'registeredInTime', message }]);
}

/** @throws ConfigurationError where the application has two: each would take the other's webhooks, keys and pace. */
function checkIsOnly(modules: ModulesContainer): void {
  const queues = [...modules.values()].filter(({ metatype }) => isQueueModule(metatype));
  if (queues.length < 2) return;
  if (queues.some(({ providers }) => providers.get(QUEUE_OPTIONS)?.metatype === refuseBareImport)) refuseBareImport();
  const message = 'ButtonMessagingQueueModule is registered twice: register it once in an application';
  throw new ConfigurationError([{ path: '', rule: 'registeredOnce', message }]);
}

function isQueueModule(metatype: unknown): boolean {
  if (metatype === ButtonMessagingQueueModule) return true;
  return typeof metatype === 'function' && metatype.prototype instanceof ButtonMessagingQueueModule;
}
