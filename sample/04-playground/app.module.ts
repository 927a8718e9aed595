import { Module } from '@nestjs/common';
import { ButtonMessagingModule, SentMessageStore } from 'nestjs-button-messaging';
import { ButtonMessagingQueueModule, type QueueEngineOptions } from 'nestjs-button-messaging/queue';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { ChatvoltController } from '../01-basic/chatvolt.controller.js';
import { MessagesController } from '../01-basic/messages.controller.js';
import { WhatsAppCloudController } from '../01-basic/whatsapp-cloud.controller.js';
import { ZApiController } from '../01-basic/z-api.controller.js';
import { FaultsController } from './faults.controller.js';
import { FaultsService } from './faults.service.js';
import { PlaygroundController } from './playground.controller.js';
import { PlaygroundService } from './playground.service.js';
import { QueueViewController } from './queue-view.controller.js';
import { QueueViewService } from './queue-view.service.js';
import { TimelinesService } from './timelines.service.js';
import { TrackingSentMessageStore } from './tracking-sent-message.store.js';

/** The smallest sample's routes, so that messages can be sent without the page too. */
const MESSAGE_CONTROLLERS = [MessagesController, ZApiController, ChatvoltController, WhatsAppCloudController];

/** What the playground is started with. */
export interface PlaygroundSetup {
  simulator: GatewaySimulator;
  timelines: TimelinesService;
  engine: QueueEngineOptions;
}

export function appModule({ simulator, timelines, engine }: PlaygroundSetup) {
  @Module({
    imports: [
      ButtonMessagingModule.forRoot({
        // Slow, so that a queue can be watched.
        accounts: simulator.accounts().map((account) => ({ ...account, pacing: { perSecond: 10 } })),
        defaultAccount: 'z-api',
        // Short, so that a time-out can be watched.
        http: { timeoutMs: 3_000 },
        webhooks: { path: 'webhooks' },
        extraProviders: [{ provide: SentMessageStore, useValue: new TrackingSentMessageStore(timelines) }],
      }),
      ButtonMessagingQueueModule.forRoot({ engine, name: 'playground' }),
    ],
    controllers: [PlaygroundController, FaultsController, QueueViewController, ...MESSAGE_CONTROLLERS],
    providers: [
      PlaygroundService,
      FaultsService,
      QueueViewService,
      { provide: GatewaySimulator, useValue: simulator },
      { provide: TimelinesService, useValue: timelines },
    ],
  })
  class AppModule {}

  return AppModule;
}
