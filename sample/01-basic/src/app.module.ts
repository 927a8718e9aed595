import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { ButtonMessagingModule } from 'nestjs-button-messaging';
import { ButtonMessagingHealthModule } from 'nestjs-button-messaging/health';
import { ChatvoltController } from './chatvolt.controller.js';
import { HealthController } from './health.controller.js';
import { MessagesController } from './messages.controller.js';
import { RepliesService } from './replies.service.js';
import { WhatsAppCloudController } from './whatsapp-cloud.controller.js';
import { ZApiController } from './z-api.controller.js';

@Module({
  imports: [
    // Without `accounts`, the credentials come from the environment.
    ButtonMessagingModule.forRoot({ webhooks: { path: 'webhooks' } }),
    TerminusModule,
    ButtonMessagingHealthModule,
  ],
  controllers: [MessagesController, ZApiController, ChatvoltController, WhatsAppCloudController, HealthController],
  providers: [RepliesService],
})
export class AppModule {}
