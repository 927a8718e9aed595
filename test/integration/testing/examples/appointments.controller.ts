import { Controller, HttpCode, Param, Post, UseFilters } from '@nestjs/common';
import { ButtonMessagingExceptionFilter } from 'nestjs-button-messaging';
import { AppointmentsService } from './appointments.service.js';

@UseFilters(ButtonMessagingExceptionFilter)
@Controller('appointments')
export class AppointmentsController {
  constructor(private readonly appointments: AppointmentsService) {}

  @Post(':phone/reminder')
  @HttpCode(202)
  async remind(@Param('phone') phone: string) {
    const { id } = await this.appointments.remind(phone);
    return { id };
  }
}
