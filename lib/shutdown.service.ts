import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CustomTransport } from './adapters/custom/custom.transport.js';
import { SentMessageRecorder } from './adapters/sent-message.recorder.js';
import { withTimeout } from './async/delay.js';
import { ButtonMessagingConfig } from './config/button-messaging.config.js';
import { RequestExecutor } from './resilience/request.executor.js';
import { HttpTransport } from './transport/http-transport.js';
import { ButtonMessagingEvents } from './webhooks/button-messaging.events.js';
import { EventDispatcher } from './webhooks/event.dispatcher.js';
import { EarlyCallbacks } from './webhooks/replies/early-callbacks.js';
import { PendingReplies } from './webhooks/replies/pending-replies.js';

/** Shuts everything down in order. The order of hooks within a module differs between versions of Nest. */
@Injectable()
export class ShutdownService implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly executor: RequestExecutor,
    private readonly pendingReplies: PendingReplies,
    private readonly early: EarlyCallbacks,
    private readonly sentMessages: SentMessageRecorder,
    private readonly dispatcher: EventDispatcher,
    private readonly transport: HttpTransport,
    private readonly customTransport: CustomTransport,
    private readonly events: ButtonMessagingEvents,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    this.executor.stopWaiting();
    this.pendingReplies.endAll();
    this.early.stopWaiting();
    // Before the stores close.
    await this.sentMessages.flush(this.config.http.closeTimeoutMs);
  }

  // After the HTTP server has closed, because its last requests may still send.
  async onApplicationShutdown(): Promise<void> {
    const { closeTimeoutMs } = this.config.http;
    await withTimeout(closeTimeoutMs, this.dispatcher.whenIdle());
    await Promise.all([this.transport.close(closeTimeoutMs), this.customTransport.close(closeTimeoutMs)]);
    this.sentMessages.end();
    this.events.complete();
  }
}
