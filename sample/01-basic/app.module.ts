import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { type AccountOptions, ButtonMessagingModule } from 'nestjs-button-messaging';
import { ButtonMessagingHealthModule } from 'nestjs-button-messaging/health';
import { AnswersService } from './answers.service.js';
import { ChatvoltController } from './chatvolt.controller.js';
import { HealthController } from './health.controller.js';
import { MessagesController } from './messages.controller.js';
import { WhatsAppCloudController } from './whatsapp-cloud.controller.js';
import { ZApiController } from './z-api.controller.js';

/** The accounts come from the environment where none are given. */
export function appModule(accounts: AccountOptions[] | undefined) {
  @Module({
    imports: [
      ButtonMessagingModule.forRoot({
        ...(accounts && { accounts, defaultAccount: 'z-api' }),
        webhooks: { path: 'webhooks' },
      }),
      TerminusModule,
      ButtonMessagingHealthModule,
    ],
    controllers: [MessagesController, ZApiController, ChatvoltController, WhatsAppCloudController, HealthController],
    providers: [AnswersService],
  })
  class AppModule {}

  return AppModule;
}
