import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { FairOrder } from './fair-order.js';
import { HeldMessageReconciler } from './held-message.reconciler.js';
import { MessagingCore } from './messaging-core.js';
import { QueueWorker } from './queue.worker.js';
import { QueueConnection } from './queue-connection.js';
import { QueueEventStream } from './queue-event.stream.js';
import { QueueEventsListener } from './queue-events.listener.js';
import { listensToAllEvents, QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';
import { RetentionSweeper } from './retention.sweeper.js';

/** Starts and stops the queue's parts, in order. */
@Injectable()
export class QueueLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
    private readonly core: MessagingCore,
    private readonly connection: QueueConnection,
    private readonly reconciler: HeldMessageReconciler,
    private readonly order: FairOrder,
    private readonly listener: QueueEventsListener,
    private readonly worker: QueueWorker,
    private readonly sweeper: RetentionSweeper,
    private readonly events: QueueEventStream,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // The core's logger needs the engine's stores, so it did not exist when the engine was opened.
    for (const warning of this.connection.engine.warnings) this.core.logger.warn(warning);
    this.reconciler.start();
    await this.order.look();
    if (listensToAllEvents(this.settings)) await this.listener.start();
    if (!this.settings.worker) return;
    await this.worker.start();
    this.sweeper.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.worker.close(), this.sweeper.stop()]);
  }

  // After the HTTP server has closed, because its last requests may still enqueue.
  async onApplicationShutdown(): Promise<void> {
    this.reconciler.stop();
    await this.listener.close();
    await this.connection.close();
    this.events.complete();
  }
}
