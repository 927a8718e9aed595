import { Module } from '@nestjs/common';
import { ButtonMessagingModule } from 'nestjs-button-messaging';
import { ButtonMessagingQueueModule, type QueueEngineOptions } from 'nestjs-button-messaging/queue';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { ComposerController } from './composer.controller.js';
import { ComposerService } from './composer.service.js';
import { QueueViewController } from './queue-view.controller.js';
import { QueueViewService } from './queue-view.service.js';
import { TimelinesService } from './timelines.service.js';

/** What the composer is started with. */
export interface ComposerSetup {
  simulator: GatewaySimulator;
  timelines: TimelinesService;
  engine: QueueEngineOptions;
}

export function appModule({ simulator, timelines, engine }: ComposerSetup) {
  @Module({
    imports: [
      ButtonMessagingModule.forRoot({
        accounts: simulator.accounts(),
        defaultAccount: 'z-api',
        // Short, so that a time-out can be watched.
        http: { timeoutMs: 3_000 },
        webhooks: { path: 'webhooks' },
      }),
      ButtonMessagingQueueModule.forRoot({ engine, name: 'composer' }),
    ],
    controllers: [ComposerController, QueueViewController],
    providers: [
      ComposerService,
      QueueViewService,
      { provide: GatewaySimulator, useValue: simulator },
      { provide: TimelinesService, useValue: timelines },
    ],
  })
  class AppModule {}

  return AppModule;
}
