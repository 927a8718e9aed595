import { Module } from '@nestjs/common';
import { ButtonMessagingModule } from 'nestjs-button-messaging';
import { ButtonMessagingQueueModule, type QueueEngineOptions } from 'nestjs-button-messaging/queue';
import { CampaignService } from './campaign.service.js';

/** @param worker Whether this process sends. */
export function appModule(engine: QueueEngineOptions, worker: boolean) {
  @Module({
    imports: [
      // The account comes from the environment.
      ButtonMessagingModule.forRoot(),
      ButtonMessagingQueueModule.forRoot({ engine, worker, name: 'campaign' }),
    ],
    providers: [CampaignService],
  })
  class AppModule {}

  return AppModule;
}
