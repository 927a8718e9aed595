/** A send that takes longer occupies only a slot of its own account. */
const SLOW_AFTER_MS = 500;

/** Why there is no permit: all sends of the account are slow, or the semaphore is closed. */
export type NoPermit = 'busy' | 'closed';

/** Occupies one slot until it is released. */
export interface Permit {
  /** Frees the slot. Later calls do nothing. */
  release(): void;
}

interface AccountSends {
  /** All sends in flight, including slow ones. */
  sends: number;
  slow: number;
}

interface Waiting {
  account: string;
  resolve: (permit: Permit | NoPermit) => void;
}

/**
 * Limits the number of concurrent sends. Waiting sends of the account with the fewest slow sends come first, in order
 * of arrival. A slow send lends its slot to other accounts, so that a provider that does not respond delays only the
 * messages of its own accounts.
 */
export class Semaphore {
  private readonly accounts = new Map<string, AccountSends>();
  private waiting: Waiting[] = [];
  private free: number;
  private closed = false;

  /**
   * @param most Maximum number of concurrent sends, without slow ones, and of one account, with slow ones. The same
   * number may wait for an account whose sends are all slow.
   * @param onLent Called with the number of jobs that the worker may fetch in addition because others are slow.
   */
  constructor(
    private readonly most: number,
    private readonly onLent: (more: number) => void = () => undefined,
  ) {
    this.free = most;
  }

  /** Returns a permit, or the reason why there is none, or a promise of either. */
  acquire(account: string): Promise<Permit | NoPermit> | Permit | NoPermit {
    if (this.closed) return 'closed';
    if (this.free > 0 && this.sendsOf(account).sends < this.most) return this.begin(account);
    if (this.isSlow(account) && this.waitingOf(account) >= this.most) return 'busy';
    return new Promise((resolve) => {
      this.waiting.push({ account, resolve });
      this.reportLent();
    });
  }

  /** Rejects all waiting and later calls with `closed`. */
  close(): void {
    this.closed = true;
    for (const { resolve } of this.waiting.splice(0)) resolve('closed');
  }

  private begin(account: string): Permit {
    const sends = this.sendsOf(account);
    this.accounts.set(account, sends);
    sends.sends += 1;
    this.free -= 1;
    let isHeld = true;
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      this.lend(account, sends);
    }, SLOW_AFTER_MS);
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      clearTimeout(timer);
      this.end(account, sends, isSlow);
    };
    return { release };
  }

  private lend(account: string, sends: AccountSends): void {
    sends.slow += 1;
    this.free += 1;
    if (this.isSlow(account)) this.rejectWaiting(account);
    this.beginNext();
    this.reportLent();
  }

  private end(account: string, sends: AccountSends, wasSlow: boolean): void {
    sends.sends -= 1;
    if (wasSlow) sends.slow -= 1;
    else this.free += 1;
    if (sends.sends === 0) this.accounts.delete(account);
    this.beginNext();
    if (wasSlow) this.reportLent();
  }

  private beginNext(): void {
    while (this.free > 0) {
      const next = this.nextWaiting();
      if (!next) return;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      next.resolve(this.begin(next.account));
    }
  }

  /** Chooses the account with the fewest slow sends. */
  private nextWaiting(): Waiting | undefined {
    let next: Waiting | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const each of this.waiting) {
      const { sends, slow } = this.sendsOf(each.account);
      if (sends >= this.most || slow >= fewest) continue;
      if (slow === 0) return each;
      [next, fewest] = [each, slow];
    }
    return next;
  }

  /** Rejects waiting sends of a slow account, at least one: BullMQ's worker fetches more jobs only when a job ends. */
  private rejectWaiting(slowAccount: string): void {
    const ofAccount = this.waiting.filter(({ account }) => account === slowAccount);
    const rejected = ofAccount.slice(Math.max(0, Math.min(ofAccount.length, this.most) - 1));
    this.waiting = this.waiting.filter((one) => !rejected.includes(one));
    for (const { resolve } of rejected) resolve('busy');
  }

  private reportLent(): void {
    let more = 0;
    for (const [account, { slow }] of this.accounts) {
      more += slow + (this.isSlow(account) ? this.waitingOf(account) : 0);
    }
    this.onLent(more);
  }

  /** Returns whether an account has its maximum number of sends, and all are slow. */
  private isSlow(account: string): boolean {
    return this.sendsOf(account).slow >= this.most;
  }

  private waitingOf(account: string): number {
    return this.waiting.reduce((count, one) => count + (one.account === account ? 1 : 0), 0);
  }

  private sendsOf(account: string): AccountSends {
    return this.accounts.get(account) ?? { sends: 0, slow: 0 };
  }
}
