import { Module } from '@nestjs/common';
import { ButtonMessagingModule, type ButtonMessagingOptions, SentMessageStore } from 'nestjs-button-messaging';
import { ButtonMessagingQueueModule } from 'nestjs-button-messaging/queue';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { FaultsController } from './faults/faults.controller.js';
import { FaultsService } from './faults/faults.service.js';
import { MessagesController } from './messages/messages.controller.js';
import { ZApiController } from './messages/z-api.controller.js';
import { PlaygroundController } from './playground/playground.controller.js';
import { PlaygroundService } from './playground/playground.service.js';
import { queueDirectory } from './queue-directory.js';
import { QueueViewController } from './queue-view/queue-view.controller.js';
import { QueueViewService } from './queue-view/queue-view.service.js';
import { SimulatorModule } from './simulator.module.js';
import { TimelinesModule } from './timelines/timelines.module.js';
import { TrackingSentMessageStore } from './timelines/tracking-sent-message.store.js';

@Module({
  imports: [
    SimulatorModule,
    TimelinesModule,
    ButtonMessagingModule.forRootAsync({
      imports: [SimulatorModule, TimelinesModule],
      inject: [GatewaySimulator],
      useFactory: (simulator: GatewaySimulator): ButtonMessagingOptions => ({
        // Slow enough to watch the queue.
        accounts: simulator.accounts().map((account) => ({ ...account, pacing: { perSecond: 10 } })),
        defaultAccount: 'z-api',
        // Short enough to watch a timeout.
        http: { timeoutMs: 3_000 },
      }),
      webhooks: { path: 'webhooks' },
      extraProviders: [{ provide: SentMessageStore, useClass: TrackingSentMessageStore }],
    }),
    ButtonMessagingQueueModule.forRootAsync({
      useFactory: () => ({ name: 'playground', engine: { kind: 'embedded', directory: queueDirectory() } }),
    }),
  ],
  controllers: [PlaygroundController, FaultsController, QueueViewController, MessagesController, ZApiController],
  providers: [PlaygroundService, FaultsService, QueueViewService],
})
export class AppModule {}
