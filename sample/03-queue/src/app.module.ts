import { Module } from '@nestjs/common';
import { ButtonMessagingModule } from 'nestjs-button-messaging';
import { ButtonMessagingQueueModule } from 'nestjs-button-messaging/queue';
import { CampaignService } from './campaign.service.js';
import { queueOptionsFrom } from './queue-options.js';

@Module({
  imports: [
    // Without `accounts`, the credentials come from the environment.
    ButtonMessagingModule.forRoot(),
    ButtonMessagingQueueModule.forRootAsync({ useFactory: () => queueOptionsFrom(process.env) }),
  ],
  providers: [CampaignService],
})
export class AppModule {}
