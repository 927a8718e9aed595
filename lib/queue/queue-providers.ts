import type { Provider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { MessageSender } from '../sending/message.sender.js';
import { QueueBacklog } from '../stores/queue-backlog.js';
import { SharedStores } from '../stores/shared-stores.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { ButtonMessagingEvents } from '../webhooks/button-messaging.events.js';
import { AccountWaits } from './account-waits.js';
import { ButtonMessagingQueue } from './button-messaging.queue.js';
import { EngineWarnings } from './engine-warnings.js';
import { openEngine } from './engines/open-engine.js';
import { QueueEngine } from './engines/queue-engine.js';
import { FairOrder } from './fair-order.js';
import { HeldMessages } from './held-messages.js';
import { PausedAccounts } from './paused-accounts.js';
import { QueueConnection } from './queue-connection.js';
import { QueueEventStream } from './queue-event.stream.js';
import type { QueueSettings } from './queue-settings.js';
import { QueueTelemetry } from './queue-telemetry.js';
import { WorkerTrouble } from './worker-trouble.js';

export const QUEUE_SETTINGS = Symbol('QUEUE_SETTINGS');

/** What the queue is made of, once its settings are known. */
export const QUEUE_PROVIDERS: Provider[] = [
  EngineWarnings,
  {
    provide: QueueEngine,
    inject: [QUEUE_SETTINGS, EngineWarnings],
    useFactory: (settings: QueueSettings, warnings: EngineWarnings) =>
      openEngine(settings, (line) => warnings.warn(line)),
  },
  { provide: SharedStores, inject: [QueueEngine], useFactory: ({ stores }: QueueEngine) => stores },
  {
    provide: QueueConnection,
    inject: [QueueEngine, QUEUE_SETTINGS],
    useFactory: (engine: QueueEngine, settings: QueueSettings) => connect(engine, settings),
  },
  {
    provide: QueueEventStream,
    inject: [QUEUE_SETTINGS, ModuleRef],
    useFactory: (settings: QueueSettings, modules: ModuleRef) =>
      new QueueEventStream(listensToAllEvents(settings), () => coreOf(modules).logger),
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
    provide: FairOrder,
    inject: [QueueEngine, QUEUE_SETTINGS],
    useFactory: (engine: QueueEngine, { name }: QueueSettings) =>
      new FairOrder((lowest) => engine.orderRange(name, lowest)),
  },
  {
    provide: AccountWaits,
    inject: [QueueEventStream, ModuleRef],
    useFactory: (events: QueueEventStream, modules: ModuleRef) =>
      new AccountWaits(events, () => coreOf(modules).logger),
  },
  {
    provide: WorkerTrouble,
    inject: [QueueConnection, ModuleRef],
    useFactory: (connection: QueueConnection, modules: ModuleRef) =>
      new WorkerTrouble(connection, () => coreOf(modules).logger),
  },
  {
    provide: ButtonMessagingQueue,
    inject: [
      QueueConnection,
      QUEUE_SETTINGS,
      HeldMessages,
      PausedAccounts,
      QueueEventStream,
      QueueTelemetry,
      FairOrder,
      AccountWaits,
      WorkerTrouble,
      ModuleRef,
    ],
    useFactory: (
      connection: QueueConnection,
      settings: QueueSettings,
      held: HeldMessages,
      pauses: PausedAccounts,
      events: QueueEventStream,
      telemetry: QueueTelemetry,
      order: FairOrder,
      waits: AccountWaits,
      trouble: WorkerTrouble,
      modules: ModuleRef,
    ) =>
      new ButtonMessagingQueue({
        connection,
        settings,
        held,
        pauses,
        events,
        telemetry,
        order,
        waits,
        trouble,
        core: () => coreOf(modules),
      }),
  },
  { provide: QueueBacklog, useExisting: ButtonMessagingQueue },
];

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

/** Whether this process is told what happens in others. An embedded queue has no others. */
export function listensToAllEvents({ events, engine }: QueueSettings): boolean {
  return events === 'queue' && engine.kind !== 'embedded';
}

/** What the queue needs of `ButtonMessagingModule`, which cannot be imported: its stores come from here. */
export function coreOf(modules: ModuleRef) {
  return {
    sender: modules.get(MessageSender, { strict: false }),
    config: modules.get(ButtonMessagingConfig, { strict: false }),
    messages: modules.get(ButtonMessagingEvents, { strict: false }),
    logger: modules.get(MessagingLogger, { strict: false }),
  };
}
