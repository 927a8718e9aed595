import { Injectable } from '@nestjs/common';
import type { Deadline } from '../async/deadline.js';
import { delay } from '../async/delay.js';
import type { Account } from '../config/accounts/account.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { SendAbortedError } from '../errors/outcome.errors.js';
import { RateLimitedError } from '../errors/provider.errors.js';
import { StoreAnswerError } from '../errors/store-answer.error.js';
import { compositeKey } from '../message/composite-key.js';
import { type Pace, PacingStore } from '../stores/pacing.store.js';

export interface SlotRequest {
  account: Account;
  /** Undefined of calls that concern nobody, which only the account's pace holds. */
  recipient: string | undefined;
  deadline: Deadline;
  /** A turn that would come later than in so many milliseconds is refused. */
  maxWaitMs?: number | undefined;
  signal: AbortSignal | undefined;
  shutdown: AbortSignal;
}

interface Bucket {
  name: string;
  scope: 'account' | 'recipient';
  pace: Pace | undefined;
}

/** Makes sends wait for their turn: first the recipient's, then the account's, so that nobody holds up the others. */
@Injectable()
export class Pacer {
  /** A pause that is longer is not waited for, where there is no deadline. */
  private readonly maxPauseMs: number;

  constructor(
    private readonly store: PacingStore,
    { retry }: ButtonMessagingConfig,
  ) {
    this.maxPauseMs = retry.maxDelayMs;
  }

  /**
   * Resolves when it is the send's turn, to whether it had to wait; `now` where nothing holds it.
   *
   * @throws RateLimitedError where the turn would come after the deadline; at once, with `retryAfterMs`.
   * @throws SendAbortedError when a signal ends the wait.
   * @throws StoreAnswerError where the store returns no numbers.
   */
  acquire(turn: SlotRequest): Promise<boolean> | 'now' {
    const buckets = bucketsOf(turn);
    const pauses = this.store.pausedFor(buckets.map(({ name }) => name));
    const isFree = Array.isArray(pauses) && pauses.every(isOver) && !buckets.some(({ pace }) => pace);
    return isFree ? 'now' : this.waitForSlot(buckets, pauses, turn);
  }

  private async waitForSlot(
    buckets: readonly Bucket[],
    pauses: Promise<number[]> | number[],
    turn: SlotRequest,
  ): Promise<boolean> {
    let waited = await this.waitForPauses(buckets, pausesOf(await pauses, buckets.length), turn);
    for (const bucket of buckets) {
      if (!bucket.pace) continue;
      const turnMs: unknown = await this.store.reserve(bucket.name, bucket.pace, maxWaitOf(turn));
      if (!isMilliseconds(turnMs)) throw new StoreAnswerError('PacingStore.reserve', 'a finite number', turnMs);
      if (turnMs > 0) {
        await this.waitForPause(turnMs, turn, bucket.scope);
        waited = true;
      }
    }
    return waited;
  }

  /** Holds back whatever a rate limit concerns. */
  async pause(account: Account, recipient: string | undefined, error: RateLimitedError, forMs: number): Promise<void> {
    const concernsRecipient = error.scope === 'recipient' && recipient !== undefined;
    await this.store.pause(concernsRecipient ? recipientBucket(account, recipient) : accountBucket(account), forMs);
  }

  /** Ends the pause of all that an account sends. Those of single recipients are short, and run their time. */
  async resume(account: Account): Promise<void> {
    await this.store.resume?.(accountBucket(account));
  }

  /** All pauses run at the same time: the longest is waited for. */
  private async waitForPauses(
    buckets: readonly Bucket[],
    pauses: readonly number[],
    turn: SlotRequest,
  ): Promise<boolean> {
    const longestMs = Math.max(...pauses);
    if (longestMs <= 0) return false;
    const scope = buckets[pauses.indexOf(longestMs)]?.scope ?? 'account';
    await this.waitForPause(longestMs, turn, scope, this.maxPauseMs);
    return true;
  }

  private async waitForPause(
    ms: number,
    turn: SlotRequest,
    scope: Bucket['scope'],
    longestMs = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    const patience = isBounded(turn) ? maxWaitOf(turn) : longestMs;
    const details = { provider: turn.account.provider, account: turn.account.name };
    if (ms > patience) {
      throw new RateLimitedError('The turn of this message would come too late', {
        ...details,
        scope,
        retryAfterMs: Math.ceil(ms),
      });
    }
    if (await delay(ms, turn.signal, turn.shutdown)) return;
    throw new SendAbortedError('The send was aborted while it waited for its turn', 'not-sent', details);
  }
}

function isOver(forMs: unknown): boolean {
  return isMilliseconds(forMs) && forMs <= 0;
}

function isMilliseconds(value: unknown): value is number {
  return Number.isFinite(value);
}

/** @throws StoreAnswerError where the store does not say of each bucket how long it is paused. */
function pausesOf(pauses: unknown, count: number): number[] {
  if (Array.isArray(pauses) && pauses.length === count && pauses.every(isMilliseconds)) return pauses;
  throw new StoreAnswerError('PacingStore.pausedFor', 'a finite number for each bucket', pauses);
}

function maxWaitOf({ deadline, maxWaitMs = Number.POSITIVE_INFINITY }: SlotRequest): number {
  return Math.min(deadline.remainingMs(), maxWaitMs);
}

function isBounded({ deadline, maxWaitMs }: SlotRequest): boolean {
  return deadline.isSet || maxWaitMs !== undefined;
}

function bucketsOf({ account, recipient }: SlotRequest): Bucket[] {
  const { perSecond, perRecipientPerSecond, burst, accountBurst } = account.pacing;
  const ofAccount: Bucket = { name: accountBucket(account), scope: 'account', pace: paceOf(perSecond, accountBurst) };
  if (recipient === undefined) return [ofAccount];
  const name = recipientBucket(account, recipient);
  return [{ name, scope: 'recipient', pace: paceOf(perRecipientPerSecond, burst) }, ofAccount];
}

function paceOf(perSecond: number | undefined, burst: number): Pace | undefined {
  return perSecond === undefined ? undefined : { perSecond, burst };
}

function accountBucket(account: Account): string {
  return compositeKey(account.name);
}

function recipientBucket(account: Account, recipient: string): string {
  return compositeKey(account.name, recipient);
}
