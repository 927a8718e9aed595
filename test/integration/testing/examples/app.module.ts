import { Module } from '@nestjs/common';
import { ButtonMessagingModule } from 'nestjs-button-messaging';
import { AppointmentsController } from './appointments.controller.js';
import { AppointmentsService } from './appointments.service.js';

@Module({
  imports: [ButtonMessagingModule.forRoot()],
  controllers: [AppointmentsController],
  providers: [AppointmentsService],
})
export class AppModule {}
