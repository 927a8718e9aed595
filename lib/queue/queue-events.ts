import { type Observable, Subject } from 'rxjs';
import type { QueueEvent } from './queue-event.interface.js';

/** What happens in this process. */
export class QueueEvents {
  private readonly subject = new Subject<QueueEvent>();
  readonly events$: Observable<QueueEvent> = this.subject.asObservable();

  emit(event: QueueEvent): void {
    this.subject.next(event);
  }

  complete(): void {
    this.subject.complete();
  }
}
