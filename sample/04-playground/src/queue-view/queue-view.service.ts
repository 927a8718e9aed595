import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ButtonMessagingQueue, type QueuedMessage, type QueueEvent } from 'nestjs-button-messaging/queue';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { distinctUntilChanged, exhaustMap, map, type Observable, shareReplay, timer } from 'rxjs';
import type { PlaygroundNews } from '../timelines/timeline.interface.js';
import { TimelinesService } from '../timelines/timelines.service.js';
import type { EnqueueManyDto } from './enqueue-many.dto.js';
import { manyRecipients } from './many-recipients.js';

const POLL_INTERVAL_MS = 400;
const MAX_HELD = 50;

/** Observes and controls the queue. */
@Injectable()
export class QueueViewService implements OnApplicationBootstrap {
  /** Emits the number of messages by state, and whether the queue is paused, when they change. */
  readonly counts$: Observable<PlaygroundNews>;
  private paused = false;

  constructor(
    private readonly queue: ButtonMessagingQueue,
    private readonly timelines: TimelinesService,
    private readonly simulator: GatewaySimulator,
  ) {
    this.counts$ = timer(0, POLL_INTERVAL_MS).pipe(
      exhaustMap(() => this.queue.counts()),
      map((counts) => ({ counts, paused: this.paused })),
      distinctUntilChanged((before, now) => JSON.stringify(before) === JSON.stringify(now)),
      map((state) => ({ kind: 'queue' as const, at: new Date(), ...state })),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
  }

  onApplicationBootstrap(): void {
    this.queue.events$.subscribe((event) => {
      this.follow(event);
    });
  }

  /**
   * Enqueues a message for many recipients and returns their number.
   *
   * @throws ButtonMessagingError if the message cannot be enqueued.
   */
  async enqueueMany({ message, count, ...options }: EnqueueManyDto): Promise<number> {
    const recipients = manyRecipients(count);
    if (options.account === 'chatvolt') for (const to of recipients) this.simulator.openConversation(to);
    const messages = recipients.map((to) => ({ ...message, to }));
    for await (const { error } of this.queue.enqueueMany(messages, options)) if (error) throw error;
    return count;
  }

  async held(): Promise<QueuedMessage[]> {
    const held: QueuedMessage[] = [];
    for await (const message of this.queue.held()) {
      held.push(message);
      if (held.length === MAX_HELD) break;
    }
    return held;
  }

  release(id: string, how: 'resend' | 'discard'): Promise<void> {
    return this.queue.release(id, how);
  }

  async pause(): Promise<void> {
    await this.queue.pause();
    this.paused = true;
  }

  async resume(): Promise<void> {
    await this.queue.resume();
    this.paused = false;
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
