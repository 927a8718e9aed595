import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SendCallback, SendCallbackOptions } from './send-callback.interface.js';

type When = NonNullable<SendCallbackOptions['when']>;

interface PlannedCallbacks {
  readonly account: string;
  readonly callbacks: readonly SendCallback[];
  readonly when: When;
  left: number;
}

/** What an accepted message is followed by. */
export type Following = Readonly<Record<When, readonly SendCallback[]>>;

/** The callbacks that are to follow sends by themselves, in the order in which they were asked for. */
export class CallbackPlan {
  private planned: PlannedCallbacks[] = [];

  add(account: string, callbacks: readonly SendCallback[], options: SendCallbackOptions): void {
    const { when = 'after-answer', times = 1 } = options;
    if (!(times === Number.POSITIVE_INFINITY || (Number.isInteger(times) && times >= 1))) {
      throw new RangeError('Callbacks follow a whole number of messages, at least one; Infinity is for all');
    }
    this.planned.push({ account, callbacks, when, left: times });
  }

  /** What follows this message: of each of the two moments the first that was asked for and is not used up. */
  take({ account }: AcceptedMessage): Following {
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
