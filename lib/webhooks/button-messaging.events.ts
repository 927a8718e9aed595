import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { concat, defer, EMPTY, filter, merge, type Observable, of, Subject } from 'rxjs';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { errorName } from '../errors/error-name.js';
import { guard } from '../events/guarded-observable.js';
import type {
  ButtonReplyEvent,
  MessageStatus,
  MessageStatusEvent,
  MessagingEvent,
  OutcomeSettledEvent,
} from '../events/messaging-event.interface.js';
import { boundedBySize } from '../message/bounded-to.js';
import { compositeKey } from '../message/composite-key.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';

/** How far each status is; nothing goes back. What was delivered has not failed, whatever was said before or is later. */
const PROGRESS: Readonly<Record<MessageStatus, number>> = { sent: 1, failed: 2, delivered: 3, read: 4, played: 5 };

/**
 * What providers tell, as Observables. They are hot: they begin with what comes after you subscribe, and end with the
 * application. A subscriber that throws or rejects is logged, and goes on.
 *
 * @example
 * const sent = await this.messaging.send(message);
 * this.events.of(sent).subscribe((event) => {
 *   if (event.kind === 'message-status') this.logger.log(`${sent.id}: ${event.status}`);
 * });
 */
@Injectable()
export class ButtonMessagingEvents {
  private readonly subject = new Subject<MessagingEvent>();
  private readonly settledSubject = new Subject<OutcomeSettledEvent>();
  private readonly lastStatus: LRUCache<string, MessageStatusEvent> | undefined;

  /** Everything. */
  readonly events$: Observable<MessagingEvent>;
  readonly buttonReplies$: Observable<ButtonReplyEvent>;
  readonly statuses$: Observable<MessageStatusEvent>;

  /** Messages whose outcome was unknown and which are known now to have gone out. */
  readonly settled$: Observable<OutcomeSettledEvent>;

  constructor(
    { remember }: ButtonMessagingConfig,
    private readonly logger: MessagingLogger,
  ) {
    this.events$ = this.guarded(this.subject);
    this.buttonReplies$ = this.events$.pipe(filter(isButtonReply));
    this.statuses$ = this.events$.pipe(filter(isStatus));
    this.settled$ = this.guarded(this.settledSubject);
    this.lastStatus = remember > 0 ? new LRUCache(boundedBySize(remember)) : undefined;
  }

  /**
   * The statuses and replies of one message: first the last status known, if there is one, then what comes. Callbacks
   * come in no sure order; this never goes back: after `read` there is no `delivered`. A message that failed may be
   * delivered all the same: then the delivery counts.
   */
  of(sent: SentMessage): Observable<MessageStatusEvent | ButtonReplyEvent> {
    const ofMessage = defer(() => {
      const ids = idsOf(sent);
      const known = ids
        .flatMap((id) => this.lastStatus?.get(keyOf(sent.account, id)) ?? [])
        .sort(byProgress)
        .at(-1);
      let progress = 0;
      const forward = (event: MessageStatusEvent) => {
        if (PROGRESS[event.status] <= progress) return false;
        progress = PROGRESS[event.status];
        return true;
      };
      const concernsSent = (event: MessageStatusEvent) =>
        event.account === sent.account && event.messageIds.some((id) => ids.includes(id));
      const isAnswer = (event: ButtonReplyEvent) =>
        event.sent?.id === sent.id || (event.account === sent.account && ids.includes(event.inReplyTo ?? ''));
      return merge(
        concat(known ? of(known) : EMPTY, this.statuses$.pipe(filter(concernsSent))).pipe(filter(forward)),
        this.buttonReplies$.pipe(filter(isAnswer)),
      );
    });
    return this.guarded(ofMessage);
  }

  /** @internal */
  emit(event: MessagingEvent): void {
    if (event.kind === 'message-status') this.keep(event);
    this.subject.next(event);
  }

  /** @internal */
  settle(event: OutcomeSettledEvent): void {
    this.settledSubject.next(event);
  }

  /** @internal Whether one of these messages is known to have been delivered. */
  hasArrived({ account, messageIds }: Pick<MessageStatusEvent, 'account' | 'messageIds'>): boolean {
    const statuses = messageIds.map((id) => this.lastStatus?.get(keyOf(account, id))?.status);
    return statuses.some((status) => status !== undefined && PROGRESS[status] >= PROGRESS.delivered);
  }

  /** @internal */
  complete(): void {
    this.subject.complete();
    this.settledSubject.complete();
  }

  // A subscriber's error may hold what the customer wrote.
  private guarded<T>(source: Observable<T>): Observable<T> {
    return guard(source, (error) => {
      const name = errorName(error);
      this.logger.error(`A subscriber of ButtonMessagingEvents failed: ${name}.`);
    });
  }

  private keep(event: MessageStatusEvent): void {
    for (const id of new Set([...event.messageIds, ...(event.sent?.providerIds ?? [])])) {
      const key = keyOf(event.account, id);
      const before = this.lastStatus?.get(key);
      if (!before || byProgress(before, event) < 0) this.lastStatus?.set(key, event);
    }
  }
}

function byProgress(one: MessageStatusEvent, other: MessageStatusEvent): number {
  return PROGRESS[one.status] - PROGRESS[other.status];
}

function idsOf(sent: SentMessage): string[] {
  return [sent, ...(sent.parts ?? [])].flatMap(({ messageId, providerIds = [messageId] }) =>
    providerIds.filter((id) => id !== undefined),
  );
}

function keyOf(account: string, messageId: string): string {
  return compositeKey(account, messageId);
}

function isButtonReply(event: MessagingEvent): event is ButtonReplyEvent {
  return event.kind === 'button-reply';
}

function isStatus(event: MessagingEvent): event is MessageStatusEvent {
  return event.kind === 'message-status';
}
