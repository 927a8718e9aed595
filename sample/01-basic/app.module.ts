import { Module } from '@nestjs/common';
import { type AccountOptions, ButtonMessagingModule } from 'nestjs-button-messaging';
import { AnswersController } from './answers.controller.js';
import { ChatvoltController } from './chatvolt.controller.js';
import { MessagesController } from './messages.controller.js';
import { WhatsAppCloudController } from './whatsapp-cloud.controller.js';
import { ZApiController } from './z-api.controller.js';

/** The accounts come from the environment, or from the simulator where none are there. */
export function appModule(accounts: AccountOptions[] | undefined) {
  @Module({
    imports: [ButtonMessagingModule.forRoot(accounts ? { accounts, defaultAccount: 'z-api' } : {})],
    controllers: [AnswersController, MessagesController, ZApiController, ChatvoltController, WhatsAppCloudController],
  })
  class AppModule {}

  return AppModule;
}
