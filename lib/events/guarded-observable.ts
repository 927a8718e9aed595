import { Observable, type Observer, type Operator, Subscriber, type Subscription, type TeardownLogic } from 'rxjs';

type Given<T> = Partial<Observer<T>> | ((value: T) => void) | null;

/**
 * An Observable whose subscribers may throw, as may those of everything piped from it.
 *
 * rxjs rethrows such errors asynchronously, where no code can catch them, which ends the process.
 */
export class GuardedObservable<T> extends Observable<T> {
  /** @param report Receives what a subscriber throws or rejects with. */
  constructor(
    private readonly report: (error: unknown) => void,
    subscribe?: (this: Observable<T>, subscriber: Subscriber<T>) => TeardownLogic,
  ) {
    super(subscribe);
  }

  /** Called by the operators of rxjs. */
  override lift<R>(operator?: Operator<T, R>): Observable<R> {
    const lifted = new GuardedObservable<R>(this.report);
    lifted.source = this;
    lifted.operator = operator;
    return lifted;
  }

  override subscribe(
    given?: Given<T>,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    if (given instanceof Subscriber) return super.subscribe(given);
    const observer: Partial<Observer<T>> =
      typeof given === 'object' && given !== null
        ? given
        : { ...(given && { next: given }), ...(error && { error }), ...(complete && { complete }) };
    return super.subscribe(this.guarded(observer));
  }

  private guarded(observer: Partial<Observer<T>>): Observer<T> {
    return {
      next: (value) => this.attempt(() => observer.next?.(value)),
      error: (error: unknown) => (observer.error ? this.attempt(() => observer.error?.(error)) : this.report(error)),
      complete: () => this.attempt(() => observer.complete?.()),
    };
  }

  private attempt(work: () => unknown): void {
    try {
      const done = work();
      if (done instanceof Promise) done.catch(this.report);
    } catch (error) {
      this.report(error);
    }
  }
}

/** Guards an Observable of other code. */
export function guard<T>(source: Observable<T>, report: (error: unknown) => void): Observable<T> {
  return new GuardedObservable<T>(report, (subscriber) => source.subscribe(subscriber));
}
