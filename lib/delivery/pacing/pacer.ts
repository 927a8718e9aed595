import type { Account } from '../../config/account.js';
import { SendAbortedError } from '../../errors/outcome.errors.js';
import { RateLimitedError } from '../../errors/provider.errors.js';
import type { Deadline } from '../../time/deadline.js';
import { wait } from '../../time/wait.js';
import type { Pace, PacingStore } from './pacing-store.js';

export interface Turn {
  account: Account;
  /** Undefined of calls that concern nobody, which only the account's pace holds. */
  recipient: string | undefined;
  deadline: Deadline;
  signals: (AbortSignal | undefined)[];
}

interface Bucket {
  name: string;
  pace: Pace | undefined;
}

/** Makes sends wait for their turn: first the recipient's, then the account's, so that nobody holds up the others. */
export class Pacer {
  constructor(
    private readonly store: PacingStore,
    /** A pause that is longer is not waited for, where there is no deadline. */
    private readonly longestPauseMs: number,
  ) {}

  /**
   * Resolves when it is the send's turn, to whether it had to wait.
   *
   * @throws RateLimitedError where the turn would come after the deadline; at once, with `retryAfterMs`.
   * @throws SendAbortedError when a signal ends the wait.
   */
  async turn(turn: Turn): Promise<boolean> {
    let waited = false;
    for (const bucket of bucketsOf(turn)) {
      waited = (await this.waitOut(await this.store.pausedFor(bucket.name), turn, this.longestPauseMs)) || waited;
      if (!bucket.pace) continue;
      waited = (await this.waitOut(await this.store.reserve(bucket.name, bucket.pace), turn)) || waited;
    }
    return waited;
  }

  /** Holds back whatever a rate limit concerns. */
  async pause(account: Account, recipient: string | undefined, error: RateLimitedError, forMs: number): Promise<void> {
    const concernsRecipient = error.scope === 'recipient' && recipient !== undefined;
    await this.store.pause(concernsRecipient ? recipientBucket(account, recipient) : account.name, forMs);
  }

  private async waitOut(ms: number, turn: Turn, longestMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    if (ms <= 0) return false;
    const patience = turn.deadline.isSet ? turn.deadline.remainingMs() : longestMs;
    const details = { provider: turn.account.provider, account: turn.account.name };
    if (ms > patience) {
      throw new RateLimitedError('The turn of this message would come too late', {
        ...details,
        retryAfterMs: Math.ceil(ms),
      });
    }
    if (await wait(ms, ...turn.signals)) return true;
    throw new SendAbortedError('The send was aborted while it waited for its turn', 'not-sent', details);
  }
}

function bucketsOf({ account, recipient }: Turn): Bucket[] {
  const { perSecond, perRecipientPerSecond, burst, accountBurst } = account.pacing;
  const ofAccount = { name: account.name, pace: paceOf(perSecond, accountBurst) };
  if (recipient === undefined) return [ofAccount];
  return [{ name: recipientBucket(account, recipient), pace: paceOf(perRecipientPerSecond, burst) }, ofAccount];
}

function paceOf(perSecond: number | undefined, burst: number): Pace | undefined {
  return perSecond === undefined ? undefined : { perSecond, burst };
}

function recipientBucket(account: Account, recipient: string): string {
  return `${account.name} ${recipient}`;
}
