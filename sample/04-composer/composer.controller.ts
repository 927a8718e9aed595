import { Body, Controller, Delete, Get, HttpCode, type MessageEvent, Post, Sse, ValidationPipe } from '@nestjs/common';
import { ButtonMessagingConfig, type MessagePreview } from 'nestjs-button-messaging';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { from, map, merge, type Observable } from 'rxjs';
import { ComposerService } from './composer.service.js';
import { ComposeDto, DraftDto } from './dto/compose.dto.js';
import { FAULTS, FaultDto } from './dto/fault.dto.js';
import { QueueViewService } from './queue-view.service.js';
import type { ComposerNews } from './timeline.interface.js';
import { TimelinesService } from './timelines.service.js';

const CHECKED = new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true });

/** What the page of the composer asks. */
@Controller('composer')
export class ComposerController {
  constructor(
    private readonly composer: ComposerService,
    private readonly timelines: TimelinesService,
    private readonly queueView: QueueViewService,
    private readonly config: ButtonMessagingConfig,
    private readonly simulator: GatewaySimulator,
  ) {}

  /** What there is to choose from. */
  @Get('setting')
  setting() {
    const accounts = this.config.accounts.map(({ name, provider }) => ({ name, provider }));
    return { accounts, faults: FAULTS, simulator: this.simulator.url };
  }

  @Post('preview')
  @HttpCode(200)
  preview(@Body(CHECKED) draft: DraftDto): Promise<MessagePreview[]> {
    return this.composer.preview(draft);
  }

  /** Answers at once; what happens comes by `news`. */
  @Post('messages')
  @HttpCode(202)
  compose(@Body(CHECKED) composed: ComposeDto): { timeline: string } {
    return { timeline: this.composer.compose(composed) };
  }

  @Post('faults')
  @HttpCode(204)
  fail(@Body(CHECKED) { provider, fault, times }: FaultDto): void {
    this.simulator.fail(provider, fault, times);
  }

  @Delete('faults')
  @HttpCode(204)
  heal(): void {
    this.simulator.heal();
  }

  /** Server-sent events: the timelines so far, then each that grows, and the queue's counts. */
  @Sse('news')
  news(): Observable<MessageEvent> {
    const timelines$ = merge(from(this.timelines.list().reverse()), this.timelines.changes$);
    const told$ = timelines$.pipe(map((timeline): ComposerNews => ({ kind: 'timeline', timeline })));
    return merge(told$, this.queueView.counts$).pipe(map((news) => ({ data: news })));
  }
}
