import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  UseFilters,
  ValidationPipe,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ButtonMessagingExceptionFilter } from 'nestjs-button-messaging';
import type { QueuedMessage } from 'nestjs-button-messaging/queue';
import { EnqueueManyDto } from './enqueue-many.dto.js';
import { QueueViewService } from './queue-view.service.js';
import { ReleaseDto } from './release.dto.js';

const VALIDATION = new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true });

/** Controls the queue for the page. */
@UseFilters(ButtonMessagingExceptionFilter)
@ApiExcludeController()
@Controller('playground/queue')
export class QueueViewController {
  constructor(private readonly queueView: QueueViewService) {}

  /** Enqueues a message for many recipients. */
  @Post('many')
  @HttpCode(202)
  async enqueueMany(@Body(VALIDATION) many: EnqueueManyDto): Promise<{ enqueued: number }> {
    return { enqueued: await this.queueView.enqueueMany(many) };
  }

  /** Returns up to fifty messages whose outcome is unknown. */
  @Get('held')
  held(): Promise<QueuedMessage[]> {
    return this.queueView.held();
  }

  @Post('held/:id')
  @HttpCode(204)
  release(@Param('id', ParseUUIDPipe) id: string, @Body(VALIDATION) { how }: ReleaseDto): Promise<void> {
    return this.queueView.release(id, how);
  }

  @Post('pause')
  @HttpCode(204)
  pause(): Promise<void> {
    return this.queueView.pause();
  }

  @Post('resume')
  @HttpCode(204)
  resume(): Promise<void> {
    return this.queueView.resume();
  }
}
