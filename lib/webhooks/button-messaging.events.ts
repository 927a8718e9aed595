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

/**
 * The order of statuses. Later ones replace earlier ones. A delivered message did not fail, whatever other statuses
 * say.
 */
const PROGRESS: Readonly<Record<MessageStatus, number>> = { sent: 1, failed: 2, delivered: 3, read: 4, played: 5 };

/**
 * Provides the events of providers as Observables. They are hot, and complete when the application shuts down. Errors
 * of subscribers are logged and do not end the subscription.
 *
 * @example
 * const sent = await this.messaging.send(message);
 * this.events.of(sent).subscribe((event) => {
 *   if (event.kind === 'message-status') this.logger.log(`${sent.id}: ${event.status}`);
 * });
 *
 * @publicApi
 */
@Injectable()
export class ButtonMessagingEvents {
  private readonly subject = new Subject<MessagingEvent>();
  private readonly settledSubject = new Subject<OutcomeSettledEvent>();
  private readonly lastStatus: LRUCache<string, MessageStatusEvent> | undefined;

  /** All events. */
  readonly events$: Observable<MessagingEvent>;
  readonly buttonReplies$: Observable<ButtonReplyEvent>;
  readonly statuses$: Observable<MessageStatusEvent>;

  /** Messages with an unknown outcome that were confirmed as sent. */
  readonly settled$: Observable<OutcomeSettledEvent>;

  constructor(
    { remember }: ButtonMessagingConfig,
    private readonly logger: MessagingLogger,
  ) {
    this.events$ = this.guarded(this.subject);
    this.buttonReplies$ = this.events$.pipe(filter((event) => event.kind === 'button-reply'));
    this.statuses$ = this.events$.pipe(filter((event) => event.kind === 'message-status'));
    this.settled$ = this.guarded(this.settledSubject);
    this.lastStatus = remember > 0 ? new LRUCache(boundedBySize(remember)) : undefined;
  }

  /**
   * Returns the statuses and replies of one message, beginning with its last known status. Callbacks arrive in any
   * order, but statuses never go back: `delivered` is dropped after `read`. A `delivered` after `failed` is emitted.
   */
  of(sent: SentMessage): Observable<MessageStatusEvent | ButtonReplyEvent> {
    const ofMessage = defer(() => {
      const ids = idsOf(sent);
      const known = ids
        .flatMap((id) => this.lastStatus?.get(compositeKey(sent.account, id)) ?? [])
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

  /** Checks if one of these messages was delivered. @internal */
  hasArrived({ account, messageIds }: Pick<MessageStatusEvent, 'account' | 'messageIds'>): boolean {
    const statuses = messageIds.map((id) => this.lastStatus?.get(compositeKey(account, id))?.status);
    return statuses.some((status) => status !== undefined && PROGRESS[status] >= PROGRESS.delivered);
  }

  /** @internal */
  complete(): void {
    this.subject.complete();
    this.settledSubject.complete();
  }

  // An error of a subscriber may contain the customer's message.
  private guarded<T>(source: Observable<T>): Observable<T> {
    return guard(source, (error) => {
      const name = errorName(error);
      this.logger.error(`A subscriber of ButtonMessagingEvents threw ${name}.`);
    });
  }

  private keep(event: MessageStatusEvent): void {
    for (const id of new Set([...event.messageIds, ...(event.sent?.providerIds ?? [])])) {
      const key = compositeKey(event.account, id);
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
