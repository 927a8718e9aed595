import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, ValidationPipe } from '@nestjs/common';
import type { QueuedMessage } from 'nestjs-button-messaging/queue';
import { ReleaseDto } from './dto/release.dto.js';
import { QueueViewService } from './queue-view.service.js';

/** The queue, for the page. */
@Controller('composer/queue')
export class QueueViewController {
  constructor(private readonly queueView: QueueViewService) {}

  /** The newest fifty of which nobody knows whether they went out. */
  @Get('held')
  held(): Promise<QueuedMessage[]> {
    return this.queueView.held();
  }

  @Post('held/:id')
  @HttpCode(204)
  release(@Param('id', ParseUUIDPipe) id: string, @Body(new ValidationPipe()) { how }: ReleaseDto): Promise<void> {
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
