import { Body, Controller, Get, HttpCode, type MessageEvent, Post, Sse, ValidationPipe } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ButtonMessagingConfig, type MessagePreview } from 'nestjs-button-messaging';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { from, map, merge, type Observable } from 'rxjs';
import { FAULTS } from '../faults/fault.dto.js';
import { FaultsService } from '../faults/faults.service.js';
import { QueueViewService } from '../queue-view/queue-view.service.js';
import type { PlaygroundNews } from '../timelines/timeline.interface.js';
import { TimelinesService } from '../timelines/timelines.service.js';
import { ComposeDto, DraftDto } from './compose.dto.js';
import { PlaygroundService } from './playground.service.js';

const VALIDATION = new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true });

/** Serves the data of the page. */
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

  /** Returns the accounts, the faults, and the URL of the simulator. */
  @Get('setting')
  setting() {
    const accounts = this.config.accounts.map(({ name, provider }) => ({ name, provider }));
    return { accounts, faults: FAULTS, simulator: this.simulator.url };
  }

  @Post('preview')
  @HttpCode(200)
  preview(@Body(VALIDATION) draft: DraftDto): Promise<MessagePreview[]> {
    return this.playground.preview(draft);
  }

  /** Responds at once. `news` reports what happens. */
  @Post('messages')
  @HttpCode(202)
  compose(@Body(VALIDATION) composed: ComposeDto): { timeline: string } {
    return { timeline: this.playground.compose(composed) };
  }

  /** Sends the timelines, then their changes, the injected faults, and the queue's counts. */
  @Sse('news')
  news(): Observable<MessageEvent> {
    const timelines$ = merge(from(this.timelines.list().reverse()), this.timelines.changes$);
    const updates$ = timelines$.pipe(map((timeline): PlaygroundNews => ({ kind: 'timeline', timeline })));
    return merge(updates$, this.faults.pending$, this.queueView.counts$).pipe(map((news) => ({ data: news })));
  }
}
