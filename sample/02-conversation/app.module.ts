import { Module } from '@nestjs/common';
import { type AccountOptions, ButtonMessagingModule } from 'nestjs-button-messaging';
import { AppointmentsService } from './appointments.service.js';

export function appModule(accounts: AccountOptions[]) {
  @Module({
    imports: [ButtonMessagingModule.forRoot({ accounts, webhooks: { path: 'webhooks' } })],
    providers: [AppointmentsService],
  })
  class AppModule {}

  return AppModule;
}
