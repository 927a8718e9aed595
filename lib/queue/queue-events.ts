import { type Observable, Subject } from 'rxjs';
import type { QueueEvent } from './queue-event.interface.js';

/** What `events$` tells: what happens in this process, or what is heard of all. */
export class QueueEvents {
  private readonly subject = new Subject<QueueEvent>();
  readonly events$: Observable<QueueEvent> = this.subject.asObservable();

  /** @param heard What happens here is heard with all the rest, and must not be told twice. */
  constructor(private readonly heard: boolean) {}

  /** Something happens in this process. */
  emit(event: QueueEvent): void {
    if (!this.heard) this.subject.next(event);
  }

  /** Something was heard to have happened, in whatever process. */
  hear(event: QueueEvent): void {
    this.subject.next(event);
  }

  complete(): void {
    this.subject.complete();
  }
}
