import { type Observable, Subject } from 'rxjs';
import { errorName } from '../errors/error-name.js';
import { guard } from '../events/guarded-observable.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { QueueAccountEvent, QueueEvent } from './queue-event.interface.js';

/** What `events$` tells: what happens in this process, or what is heard of all. */
export class QueueEventStream {
  private readonly subject = new Subject<QueueEvent>();
  readonly events$: Observable<QueueEvent>;
  private readonly accounts = new Subject<QueueAccountEvent>();
  readonly accounts$: Observable<QueueAccountEvent>;

  /** @param heard What happens here is heard with all the rest, and must not be told twice. */
  constructor(
    private readonly heard: boolean,
    logger: () => Pick<MessagingLogger, 'error'>,
  ) {
    const tell = (error: unknown) => {
      const name = errorName(error);
      logger().error(`A subscriber of ButtonMessagingQueue failed: ${name}.`);
    };
    this.events$ = guard(this.subject, tell);
    this.accounts$ = guard(this.accounts, tell);
  }

  /** Something happens in this process. */
  emit(event: QueueEvent): void {
    if (!this.heard) this.subject.next(event);
  }

  /** Something was heard to have happened, in whatever process. */
  next(event: QueueEvent): void {
    this.subject.next(event);
  }

  /** An account cannot send, or can again. */
  emitAccount(event: QueueAccountEvent): void {
    this.accounts.next(event);
  }

  complete(): void {
    this.accounts.complete();
    this.subject.complete();
  }
}
