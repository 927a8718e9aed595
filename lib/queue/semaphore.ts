/** A send that takes longer holds up nobody but its own account. */
const SLOW_AFTER_MS = 500;

/** Why there is no slot: the account's own sends are all slow, or there will be none any more. */
export type NoPermit = 'busy' | 'closed';

interface AccountSends {
  /** Under way, with the slow ones. */
  sends: number;
  slow: number;
}

interface Waiting {
  account: string;
  resolve: (slot: Permit | NoPermit) => void;
}

/**
 * How many messages are sent at a time. Who finds no slot free waits: those whose account has the fewest slow sends go
 * first, then whoever came first. A slow send lends its slot to other accounts, so that a provider that does not answer
 * holds up only the messages of its own accounts.
 */
export class Semaphore {
  private readonly accounts = new Map<string, AccountSends>();
  private waiting: Waiting[] = [];
  private free: number;
  private closed = false;

  /**
   * @param most How many at a time, slow ones not counted; and of one account, slow ones counted. As many of an account
   * whose sends are all slow may wait here.
   * @param onLent Told how many more messages may be in work because others are slow.
   */
  constructor(
    private readonly most: number,
    private readonly onLent: (more: number) => void = () => undefined,
  ) {
    this.free = most;
  }

  /** Resolves to one when there is one, or to the reason why there is none. */
  acquire(account: string): Promise<Permit | NoPermit> | Permit | NoPermit {
    if (this.closed) return 'closed';
    if (this.free > 0 && this.sendsOf(account).sends < this.most) return this.begin(account);
    if (this.isSlow(account) && this.waitingOf(account) >= this.most) return 'busy';
    return new Promise((resolve) => {
      this.waiting.push({ account, resolve });
      this.tellLent();
    });
  }

  /** From now on there is none, for those neither who wait. */
  close(): void {
    this.closed = true;
    for (const { resolve } of this.waiting.splice(0)) resolve('closed');
  }

  private begin(account: string): Permit {
    const sends = this.sendsOf(account);
    this.accounts.set(account, sends);
    sends.sends += 1;
    this.free -= 1;
    return new Permit(
      SLOW_AFTER_MS,
      () => this.lend(account, sends),
      (isSlow) => this.end(account, sends, isSlow),
    );
  }

  private lend(account: string, sends: AccountSends): void {
    sends.slow += 1;
    this.free += 1;
    if (this.isSlow(account)) this.sendAway(account);
    this.beginNext();
    this.tellLent();
  }

  private end(account: string, sends: AccountSends, wasSlow: boolean): void {
    sends.sends -= 1;
    if (wasSlow) sends.slow -= 1;
    else this.free += 1;
    if (sends.sends === 0) this.accounts.delete(account);
    this.beginNext();
    if (wasSlow) this.tellLent();
  }

  private beginNext(): void {
    while (this.free > 0) {
      const next = this.nextWaiting();
      if (!next) return;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      next.resolve(this.begin(next.account));
    }
  }

  /** Whoever's account has the fewest slow sends: what hangs is tried after what may not. */
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

  /** At least one of those that wait for it: BullMQ's worker takes up more only when a job ends. */
  private sendAway(slowAccount: string): void {
    const behind = this.waiting.filter(({ account }) => account === slowAccount);
    const away = behind.slice(Math.max(0, Math.min(behind.length, this.most) - 1));
    this.waiting = this.waiting.filter((one) => !away.includes(one));
    for (const { resolve } of away) resolve('busy');
  }

  private tellLent(): void {
    let more = 0;
    for (const [account, { slow }] of this.accounts) {
      more += slow + (this.isSlow(account) ? this.waitingOf(account) : 0);
    }
    this.onLent(more);
  }

  /** Whether an account has all the sends that it may have, and each is slow. */
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

/** One of the slots. */
export class Permit {
  private isTaken = true;
  private isSlow = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    slowAfterMs: number,
    onSlow: () => void,
    private readonly giveBack: (isSlow: boolean) => void,
  ) {
    this.timer = setTimeout(() => {
      this.isSlow = true;
      onSlow();
    }, slowAfterMs);
  }

  /** Gives it back, once. */
  release(): void {
    if (!this.isTaken) return;
    this.isTaken = false;
    clearTimeout(this.timer);
    this.giveBack(this.isSlow);
  }
}
