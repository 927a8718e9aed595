import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Global,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { QueueBacklog } from '../delivery/queue-backlog.js';
import { SharedStores } from '../delivery/shared-stores.js';
import { ButtonMessageSender } from '../providers/button-message-sender.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { ButtonMessagingEvents } from '../webhooks/button-messaging.events.js';
import { ButtonMessagingQueue } from './button-messaging.queue.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  type OPTIONS_TYPE,
  QUEUE_OPTIONS,
} from './button-messaging-queue.module-definition.js';
import { openEngine } from './engines/open-engine.js';
import { QueueEngine } from './engines/queue-engine.js';
import { HeldMessages } from './held-messages.js';
import { PausedAccounts } from './paused-accounts.js';
import { QueueConnection } from './queue-connection.js';
import { QueueEvents } from './queue-events.js';
import { QueueListener } from './queue-listener.js';
import type { ButtonMessagingQueueOptions } from './queue-options.interface.js';
import { type QueueSettings, settingsOf } from './queue-settings.js';
import { QueueTelemetry } from './queue-telemetry.js';
import type { QueueWorker } from './queue-worker.js';
import { RetentionSweep } from './retention-sweep.js';
import { WebhookProof } from './webhook-proof.js';

const QUEUE_SETTINGS = Symbol('QUEUE_SETTINGS');

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
    {
      provide: QUEUE_SETTINGS,
      inject: [QUEUE_OPTIONS],
      useFactory: (options: ButtonMessagingQueueOptions) => settingsOf(options),
    },
    {
      provide: QueueEngine,
      inject: [QUEUE_SETTINGS],
      // The core's logger does not exist yet: its stores come from here.
      useFactory: (settings: QueueSettings) => openEngine(settings, (line) => new Logger('ButtonMessaging').warn(line)),
    },
    { provide: SharedStores, inject: [QueueEngine], useFactory: ({ stores }: QueueEngine) => stores },
    {
      provide: QueueConnection,
      inject: [QueueEngine, QUEUE_SETTINGS],
      useFactory: (engine: QueueEngine, settings: QueueSettings) => connect(engine, settings),
    },
    {
      provide: QueueEvents,
      inject: [QUEUE_SETTINGS],
      useFactory: (settings: QueueSettings) => new QueueEvents(hearsAll(settings)),
    },
    {
      provide: QueueTelemetry,
      inject: [QUEUE_SETTINGS],
      useFactory: ({ name }: QueueSettings) => new QueueTelemetry(name),
    },
    {
      provide: HeldMessages,
      inject: [QueueConnection, QUEUE_SETTINGS],
      useFactory: (connection: QueueConnection, settings: QueueSettings) => new HeldMessages(connection, settings),
    },
    {
      provide: PausedAccounts,
      inject: [QueueConnection],
      useFactory: (connection: QueueConnection) => new PausedAccounts(connection),
    },
    {
      provide: ButtonMessagingQueue,
      inject: [QueueConnection, QUEUE_SETTINGS, HeldMessages, PausedAccounts, QueueEvents, QueueTelemetry, ModuleRef],
      useFactory: (
        connection: QueueConnection,
        settings: QueueSettings,
        held: HeldMessages,
        pauses: PausedAccounts,
        events: QueueEvents,
        telemetry: QueueTelemetry,
        modules: ModuleRef,
      ) =>
        new ButtonMessagingQueue({
          connection,
          settings,
          held,
          pauses,
          events,
          telemetry,
          core: () => coreOf(modules),
        }),
    },
    { provide: QueueBacklog, useExisting: ButtonMessagingQueue },
  ],
  exports: [ButtonMessagingQueue, QueueBacklog, SharedStores],
})
export class ButtonMessagingQueueModule
  extends ConfigurableModuleClass
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  private worker: QueueWorker | undefined;
  private listener: QueueListener | undefined;
  private proof: WebhookProof | undefined;
  private sweep: RetentionSweep | undefined;

  constructor(
    private readonly modules: ModuleRef,
    private readonly connection: QueueConnection,
    private readonly events: QueueEvents,
  ) {
    super();
  }

  /**
   * Registers the queue. Without options it is embedded: in this process, on disk.
   *
   * @throws ConfigurationError, QueueUnavailableError at start-up.
   */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    return super.forRoot(options);
  }

  /**
   * Registers the queue with options that come from elsewhere.
   *
   * @throws ConfigurationError, QueueUnavailableError at start-up.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return super.forRootAsync(options);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { connection, events } = this;
    const { sender, messages, logger } = coreOf(this.modules);
    const settings = this.modules.get<QueueSettings>(QUEUE_SETTINGS);
    const held = this.modules.get(HeldMessages);
    this.proof = new WebhookProof(messages, held, logger);
    this.proof.start();
    if (hearsAll(settings)) {
      this.listener = new QueueListener(connection, settings, held, events, logger);
      await this.listener.start();
    }
    if (!settings.worker) return;
    const pauses = this.modules.get(PausedAccounts);
    const telemetry = this.modules.get(QueueTelemetry);
    // Not before the engine is open: it is the engine that says which packages are missing.
    const { QueueWorker } = await import('./queue-worker.js');
    this.worker = new QueueWorker({ connection, settings, sender, held, pauses, events, logger, telemetry });
    this.sweep = new RetentionSweep(connection, settings.keepMs, logger);
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

async function connect(engine: QueueEngine, settings: QueueSettings): Promise<QueueConnection> {
  const connection = new QueueConnection(engine, settings);
  try {
    await connection.open();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** An embedded queue has no other processes to hear of. */
function hearsAll({ events, engine }: QueueSettings): boolean {
  return events === 'queue' && engine.kind !== 'embedded';
}

/** What the queue needs of `ButtonMessagingModule`, which cannot be imported: its stores come from here. */
function coreOf(modules: ModuleRef) {
  return {
    sender: modules.get(ButtonMessageSender, { strict: false }),
    config: modules.get(ButtonMessagingConfig, { strict: false }),
    messages: modules.get(ButtonMessagingEvents, { strict: false }),
    logger: modules.get(MessagingLogger, { strict: false }),
  };
}
