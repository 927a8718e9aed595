import { Module } from '@nestjs/common';
import { ButtonMessagingModule } from 'nestjs-button-messaging';
import { AppointmentsService } from './appointments.service.js';

@Module({
  imports: [
    // Without `accounts`, the credentials come from the environment.
    ButtonMessagingModule.forRoot({ webhooks: { path: 'webhooks' } }),
  ],
  providers: [AppointmentsService],
})
export class AppModule {}
