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
  /** Undefined if the request has no recipient. Only the account's rate limit applies then. */
  recipient: string | undefined;
  deadline: Deadline;
  /** Maximum wait for a slot in milliseconds. */
  maxWaitMs?: number | undefined;
  signal: AbortSignal | undefined;
  shutdown: AbortSignal;
}

interface Bucket {
  name: string;
  scope: 'account' | 'recipient';
  pace: Pace | undefined;
}

/** Limits the rate of sends: first per recipient, then per account, so that a recipient does not delay the others. */
@Injectable()
export class Pacer {
  /** Maximum pause to wait for without a deadline, in milliseconds. */
  private readonly maxPauseMs: number;

  constructor(
    private readonly store: PacingStore,
    { retry }: ButtonMessagingConfig,
  ) {
    this.maxPauseMs = retry.maxDelayMs;
  }

  /**
   * Waits for a slot, if a rate limit applies. Returns whether it had to wait.
   *
   * @throws RateLimitedError immediately, with `retryAfterMs`, if the slot is after the deadline.
   * @throws SendAbortedError when a signal ends the wait.
   * @throws StoreAnswerError if the store does not return numbers.
   */
  async acquire(request: SlotRequest): Promise<boolean> {
    const buckets = bucketsOf(request);
    const pauses = await this.store.pausedFor(buckets.map(({ name }) => name));
    const pausing = this.waitForPauses(buckets, pausesOf(pauses, buckets.length), request);
    if (pausing) await pausing;
    let waited = pausing !== undefined;
    for (const bucket of buckets) {
      if (!bucket.pace) continue;
      const waitMs: unknown = await this.store.reserve(bucket.name, bucket.pace, maxWaitOf(request));
      if (!isMilliseconds(waitMs)) throw new StoreAnswerError('PacingStore.reserve', 'a finite number', waitMs);
      if (waitMs > 0) {
        await this.waitForPause(waitMs, request, bucket.scope);
        waited = true;
      }
    }
    return waited;
  }

  /** Pauses the recipient or the account, whichever the rate limit concerns. */
  async pause(account: Account, recipient: string | undefined, error: RateLimitedError, forMs: number): Promise<void> {
    const concernsRecipient = error.scope === 'recipient' && recipient !== undefined;
    await this.store.pause(concernsRecipient ? recipientBucket(account, recipient) : accountBucket(account), forMs);
  }

  /** Ends the pause of an account. Those of recipients are short and expire by themselves. */
  async resume(account: Account): Promise<void> {
    await this.store.resume?.(accountBucket(account));
  }

  /** Waits for the longest of the pauses, which all run at the same time. Returns undefined if there is none. */
  private waitForPauses(
    buckets: readonly Bucket[],
    pauses: readonly number[],
    request: SlotRequest,
  ): Promise<void> | undefined {
    const longestMs = Math.max(...pauses);
    if (longestMs <= 0) return undefined;
    const scope = buckets[pauses.indexOf(longestMs)]?.scope ?? 'account';
    return this.waitForPause(longestMs, request, scope, this.maxPauseMs);
  }

  private async waitForPause(
    ms: number,
    request: SlotRequest,
    scope: Bucket['scope'],
    longestMs = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    const maxMs = isBounded(request) ? maxWaitOf(request) : longestMs;
    const details = { provider: request.account.provider, account: request.account.name };
    if (ms > maxMs) {
      const retryAfterMs = Math.ceil(ms);
      const limit = request.deadline.isSet ? 'its deadline' : 'the maximum wait';
      const message = `Rate limit: the message would wait ${retryAfterMs.toLocaleString('en-US')} ms, longer than ${limit}`;
      throw new RateLimitedError(message, { ...details, scope, retryAfterMs });
    }
    if (await delay(ms, request.signal, request.shutdown)) return;
    throw new SendAbortedError('The send was aborted while it waited for a rate limit', 'not-sent', details);
  }
}

function isMilliseconds(value: unknown): value is number {
  return Number.isFinite(value);
}

/** @throws StoreAnswerError if the store does not return one number per bucket. */
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
