import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SendCallback, SendCallbackOptions } from './send-callback.interface.js';

type When = NonNullable<SendCallbackOptions['when']>;

interface PlannedCallbacks {
  readonly account: string;
  readonly callbacks: readonly SendCallback[];
  readonly when: When;
  left: number;
}

/** The callbacks of an accepted message. */
export type MessageCallbacks = Readonly<Record<When, readonly SendCallback[]>>;

/** The planned callbacks, in the order in which they were added. */
export class CallbackPlan {
  private planned: PlannedCallbacks[] = [];

  add(account: string, callbacks: readonly SendCallback[], options: SendCallbackOptions): void {
    const { when = 'after-answer', times = 1 } = options;
    if (!(times === Number.POSITIVE_INFINITY || (Number.isInteger(times) && times >= 1))) {
      throw new RangeError('times must be a positive integer or Infinity');
    }
    this.planned.push({ account, callbacks, when, left: times });
  }

  /** Takes the next callbacks for a message: for each of the two moments, the first that is not used up. */
  take({ account }: AcceptedMessage): MessageCallbacks {
    return { 'before-answer': this.next(account, 'before-answer'), 'after-answer': this.next(account, 'after-answer') };
  }

  clear(accounts: readonly string[] | undefined): void {
    this.planned = accounts ? this.planned.filter(({ account }) => !accounts.includes(account)) : [];
  }

  private next(account: string, when: When): readonly SendCallback[] {
    const next = this.planned.find((planned) => planned.account === account && planned.when === when);
    if (!next) return [];
    next.left -= 1;
    if (next.left === 0) this.planned = this.planned.filter((planned) => planned !== next);
    return next.callbacks;
  }
}
