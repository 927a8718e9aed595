import { LRUCache } from 'lru-cache';
import { concat, defer, EMPTY, filter, merge, type Observable, of, Subject } from 'rxjs';
import type {
  ButtonReplyEvent,
  MessageStatus,
  MessageStatusEvent,
  MessagingEvent,
} from '../events/messaging-event.interface.js';
import { compoundKey } from '../message/compound-key.js';
import type { SentMessage } from '../message/sent-message.interface.js';

/** How far each status is; nothing goes back, and a failure is the end. */
const PROGRESS: Readonly<Record<MessageStatus, number>> = { sent: 1, delivered: 2, read: 3, played: 4, failed: 5 };

/**
 * What providers tell, as Observables. They are hot: they begin with what comes after you subscribe, and end with the
 * application.
 *
 * @example
 * const sent = await this.messaging.send(message);
 * this.events.of(sent).subscribe((event) => {
 *   if (event.kind === 'message-status') this.logger.log(`${sent.id}: ${event.status}`);
 * });
 */
export class ButtonMessagingEvents {
  private readonly subject = new Subject<MessagingEvent>();
  private readonly lastStatus: LRUCache<string, MessageStatusEvent> | undefined;

  /** Everything. */
  readonly events$: Observable<MessagingEvent> = this.subject.asObservable();
  readonly buttonReplies$: Observable<ButtonReplyEvent> = this.events$.pipe(filter(isButtonReply));
  readonly statuses$: Observable<MessageStatusEvent> = this.events$.pipe(filter(isStatus));

  /** @param remember Messages whose last status is kept. */
  constructor(remember: number) {
    this.lastStatus = remember > 0 ? new LRUCache({ max: remember }) : undefined;
  }

  /**
   * The statuses and replies of one message: first the last status known, if there is one, then what comes. Callbacks
   * come in no sure order; this never goes back: after `read` there is no `delivered`.
   */
  of(sent: SentMessage): Observable<MessageStatusEvent | ButtonReplyEvent> {
    return defer(() => {
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
  }

  /** @internal */
  emit(event: MessagingEvent): void {
    if (event.kind === 'message-status') this.keep(event);
    this.subject.next(event);
  }

  /** @internal */
  complete(): void {
    this.subject.complete();
  }

  private keep(event: MessageStatusEvent): void {
    for (const id of event.messageIds) {
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
  return [sent, ...(sent.parts ?? [])].flatMap(({ messageId }) => (messageId === undefined ? [] : [messageId]));
}

function keyOf(account: string, messageId: string): string {
  return compoundKey(account, messageId);
}

function isButtonReply(event: MessagingEvent): event is ButtonReplyEvent {
  return event.kind === 'button-reply';
}

function isStatus(event: MessagingEvent): event is MessageStatusEvent {
  return event.kind === 'message-status';
}
