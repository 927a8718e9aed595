import { Inject, Injectable } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import { errorName } from '../errors/error-name.js';
import { guard } from '../events/guarded-observable.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { MessagingCore } from './messaging-core.js';
import { listensToAllEvents, QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';
import type { MessageError } from './queued-message.interface.js';

/** An event of a queued message. @publicApi */
export type QueueEvent =
  | { kind: 'enqueued'; id: string }
  | { kind: 'sent'; id: string; sent: SentMessage }
  | { kind: 'failed'; id: string; error: MessageError }
  | { kind: 'held'; id: string; error: MessageError }
  | { kind: 'released'; id: string; how: 'resend' | 'discard' }
  | { kind: 'retried'; id: string };

/**
 * A change of an account's availability, in the process that detects it.
 *
 * - `unavailable`: its messages wait without using an attempt. The next attempt is at `retryAt`. Emitted once a minute.
 * - `available`: it can send again.
 *
 * @publicApi
 */
export type QueueAccountEvent =
  | { kind: 'unavailable'; account: string; error: MessageError; retryAt: Date }
  | { kind: 'available'; account: string };

/** Publishes the events of this process or of all processes, as `ButtonMessagingQueue.events$`. */
@Injectable()
export class QueueEventStream {
  readonly events$: Observable<QueueEvent>;
  readonly accounts$: Observable<QueueAccountEvent>;
  private readonly subject = new Subject<QueueEvent>();
  private readonly accounts = new Subject<QueueAccountEvent>();
  private readonly ofAllProcesses: boolean;

  constructor(
    @Inject(QUEUE_SETTINGS) settings: Pick<QueueSettings, 'events' | 'engine'>,
    @Inject(MessagingCore) core: { readonly logger: Pick<MessagingCore['logger'], 'error'> },
  ) {
    this.ofAllProcesses = listensToAllEvents(settings);
    const onError = (error: unknown) => {
      core.logger.error(`A subscriber of ButtonMessagingQueue failed: ${errorName(error)}.`);
    };
    this.events$ = guard(this.subject, onError);
    this.accounts$ = guard(this.accounts, onError);
  }

  /** Publishes an event of this process, unless the engine returns it with those of all processes. */
  emit(event: QueueEvent): void {
    if (!this.ofAllProcesses) this.subject.next(event);
  }

  /** Publishes an event that the engine reported, of any process. */
  next(event: QueueEvent): void {
    this.subject.next(event);
  }

  /** Publishes that an account became unavailable or available. */
  emitAccount(event: QueueAccountEvent): void {
    this.accounts.next(event);
  }

  complete(): void {
    this.accounts.complete();
    this.subject.complete();
  }
}
