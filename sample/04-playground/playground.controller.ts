import { Body, Controller, Get, HttpCode, type MessageEvent, Post, Sse, ValidationPipe } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ButtonMessagingConfig, type MessagePreview } from 'nestjs-button-messaging';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { from, map, merge, type Observable } from 'rxjs';
import { ComposeDto, DraftDto } from './dto/compose.dto.js';
import { FAULTS } from './dto/fault.dto.js';
import { FaultsService } from './faults.service.js';
import { PlaygroundService } from './playground.service.js';
import { QueueViewService } from './queue-view.service.js';
import type { PlaygroundNews } from './timeline.interface.js';
import { TimelinesService } from './timelines.service.js';

const CHECKED = new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true });

/** What the page of the playground asks. */
@ApiExcludeController()
@Controller('playground')
export class PlaygroundController {
  constructor(
    private readonly playground: PlaygroundService,
    private readonly timelines: TimelinesService,
    private readonly faults: FaultsService,
    private readonly queueView: QueueViewService,
    private readonly config: ButtonMessagingConfig,
    private readonly simulator: GatewaySimulator,
  ) {}

  /** What there is to choose from, and where the phones are. */
  @Get('setting')
  setting() {
    const accounts = this.config.accounts.map(({ name, provider }) => ({ name, provider }));
    return { accounts, faults: FAULTS, simulator: this.simulator.url };
  }

  @Post('preview')
  @HttpCode(200)
  preview(@Body(CHECKED) draft: DraftDto): Promise<MessagePreview[]> {
    return this.playground.preview(draft);
  }

  /** Answers at once; what happens comes by `news`. */
  @Post('messages')
  @HttpCode(202)
  compose(@Body(CHECKED) composed: ComposeDto): { timeline: string } {
    return { timeline: this.playground.compose(composed) };
  }

  /** Server-sent events: the timelines so far, then each that grows, the faults to come, and the queue's counts. */
  @Sse('news')
  news(): Observable<MessageEvent> {
    const timelines$ = merge(from(this.timelines.list().reverse()), this.timelines.changes$);
    const told$ = timelines$.pipe(map((timeline): PlaygroundNews => ({ kind: 'timeline', timeline })));
    return merge(told$, this.faults.pending$, this.queueView.counts$).pipe(map((news) => ({ data: news })));
  }
}
