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
import { EnqueueManyDto } from './dto/enqueue-many.dto.js';
import { ReleaseDto } from './dto/release.dto.js';
import { QueueViewService } from './queue-view.service.js';

const CHECKED = new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true });

/** The queue, for the page. */
@UseFilters(ButtonMessagingExceptionFilter)
@ApiExcludeController()
@Controller('playground/queue')
export class QueueViewController {
  constructor(private readonly queueView: QueueViewService) {}

  /** Enqueues a message for many people; the phones of all of them ring. */
  @Post('many')
  @HttpCode(202)
  async enqueueMany(@Body(CHECKED) many: EnqueueManyDto): Promise<{ enqueued: number }> {
    return { enqueued: await this.queueView.enqueueMany(many) };
  }

  /** The newest fifty of which nobody knows whether they went out. */
  @Get('held')
  held(): Promise<QueuedMessage[]> {
    return this.queueView.held();
  }

  @Post('held/:id')
  @HttpCode(204)
  release(@Param('id', ParseUUIDPipe) id: string, @Body(CHECKED) { how }: ReleaseDto): Promise<void> {
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
