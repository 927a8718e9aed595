import type { Provider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { QueueBacklog } from '../stores/queue-backlog.js';
import { SharedStores } from '../stores/shared-stores.js';
import { AccountWaits } from './account-waits.js';
import { ButtonMessagingQueue } from './button-messaging.queue.js';
import { openEngine } from './engines/open-engine.js';
import { QueueEngine } from './engines/queue-engine.js';
import { FairOrder } from './fair-order.js';
import { HeldMessageReconciler } from './held-message.reconciler.js';
import { HeldMessages } from './held-messages.js';
import { JobAdder } from './job-adder.js';
import { NewerJobs } from './job-version.js';
import { MessageAdder } from './message-adder.js';
import { MessageEnqueuer } from './message-enqueuer.js';
import { MessageOperations } from './message-operations.js';
import { MessageSearch } from './message-search.js';
import { MessagingCore } from './messaging-core.js';
import { PausedAccounts } from './paused-accounts.js';
import { QueueLifecycle } from './queue.lifecycle.js';
import { QueueWorker } from './queue.worker.js';
import { QueueConnection } from './queue-connection.js';
import { QueueEventStream } from './queue-event.stream.js';
import { QueueEventsListener } from './queue-events.listener.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';
import { QueueTelemetry } from './queue-telemetry.js';
import { RetentionSweeper } from './retention.sweeper.js';
import { MESSAGE_PROCESSOR, WorkerContext } from './worker-context.js';
import { WorkerTrouble } from './worker-trouble.js';

/** The queue's providers, which need `QUEUE_SETTINGS`. */
export const QUEUE_PROVIDERS: readonly Provider[] = [
  // The engine, and what the rest of the application sees of it.
  { provide: QueueEngine, inject: [QUEUE_SETTINGS], useFactory: openEngine },
  { provide: SharedStores, inject: [QueueEngine], useFactory: ({ stores }: QueueEngine) => stores },
  { provide: QueueConnection, inject: [QueueEngine, QUEUE_SETTINGS], useFactory: openConnection },
  { provide: QueueBacklog, useExisting: ButtonMessagingQueue },
  // What both sides of the queue use.
  MessagingCore,
  QueueEventStream,
  QueueTelemetry,
  HeldMessages,
  PausedAccounts,
  FairOrder,
  AccountWaits,
  WorkerTrouble,
  // What enqueues and manages messages.
  JobAdder,
  MessageAdder,
  MessageEnqueuer,
  MessageSearch,
  MessageOperations,
  ButtonMessagingQueue,
  // What sends them.
  WorkerContext,
  NewerJobs,
  {
    provide: MESSAGE_PROCESSOR,
    // Its file imports BullMQ, so it is loaded after the engine, which reports missing packages.
    inject: [ModuleRef, QueueConnection],
    useFactory: async (modules: ModuleRef) => {
      const { MessageProcessor } = await import('./message.processor.js');
      return modules.create(MessageProcessor);
    },
  },
  QueueWorker,
  RetentionSweeper,
  QueueEventsListener,
  HeldMessageReconciler,
  QueueLifecycle,
];

async function openConnection(engine: QueueEngine, settings: QueueSettings): Promise<QueueConnection> {
  const connection = new QueueConnection(engine, settings);
  try {
    await connection.open();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
