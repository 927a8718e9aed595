import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ButtonMessagingQueue, type QueuedMessage, type QueueEvent } from 'nestjs-button-messaging/queue';
import { distinctUntilChanged, exhaustMap, map, type Observable, shareReplay, timer } from 'rxjs';
import type { ComposerNews } from './timeline.interface.js';
import { TimelinesService } from './timelines.service.js';

const LOOK_EVERY_MS = 400;
const SHOWN = 50;

/** The queue as people look at it. */
@Injectable()
export class QueueViewService implements OnApplicationBootstrap {
  /** How many messages there are of each state, whenever that has changed. */
  readonly counts$: Observable<ComposerNews>;

  constructor(
    private readonly queue: ButtonMessagingQueue,
    private readonly timelines: TimelinesService,
  ) {
    this.counts$ = timer(0, LOOK_EVERY_MS).pipe(
      exhaustMap(() => this.queue.counts()),
      distinctUntilChanged((before, now) => JSON.stringify(before) === JSON.stringify(now)),
      map((counts) => ({ kind: 'queue' as const, at: new Date(), counts })),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
  }

  onApplicationBootstrap(): void {
    this.queue.events$.subscribe((event) => this.follow(event));
  }

  async held(): Promise<QueuedMessage[]> {
    const held: QueuedMessage[] = [];
    for await (const message of this.queue.held()) {
      held.push(message);
      if (held.length === SHOWN) break;
    }
    return held;
  }

  release(id: string, how: 'resend' | 'discard'): Promise<void> {
    return this.queue.release(id, how);
  }

  pause(): Promise<void> {
    return this.queue.pause();
  }

  resume(): Promise<void> {
    return this.queue.resume();
  }

  private follow(event: QueueEvent): void {
    const { id } = event;
    const at = new Date();
    if (event.kind === 'sent')
      this.timelines.addTo(id, { kind: 'accepted', at: event.sent.acceptedAt, sent: event.sent });
    if (event.kind === 'failed' || event.kind === 'held') {
      this.timelines.addTo(id, { kind: event.kind, at, ...event.error });
    }
    if (event.kind === 'released') this.timelines.addTo(id, { kind: 'released', at, how: event.how });
  }
}
