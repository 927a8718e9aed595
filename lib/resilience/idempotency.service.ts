import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import stringify from 'safe-stable-stringify';
import { AbortListeners } from '../async/abort-listeners.js';
import { delay, MAX_TIMER_MS } from '../async/delay.js';
import type { WaitLimits } from '../async/mutex.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { IdempotencyConflictError } from '../errors/message.errors.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import { StoreAnswerError } from '../errors/store-answer.error.js';
import { compositeKey } from '../message/composite-key.js';
import { IdempotencyStore } from '../stores/idempotency.store.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { isRecord } from '../validation/is-record.js';
import { SharedOperation } from './shared-operation.js';

const RETENTION_MS = 24 * 60 * 60 * 1_000;
const POLL_MS = 100;
/** How long to wait for another process without a deadline. It may have crashed with the key. */
const MAX_PENDING_MS = 5 * 60 * 1_000;
const RESERVE = 'IdempotencyStore.reserve';
const STATES = 'a state: reserved, pending, done, unknown or conflict';

export interface IdempotentCall {
  /** Without a key, every call sends. */
  key: string | undefined;
  /** The names of the accounts. The same key with other accounts is another key. */
  scope: readonly string[];
  /** Must be equal for the same key. */
  content: unknown;
}

/** Sends. Its signal is the caller's, or that of all callers together. */
type Work<T> = (signal: AbortSignal | undefined) => Promise<T>;

/** Sends once for all calls with the same key and content, and returns its result to every caller. */
@Injectable()
export class IdempotencyService {
  private readonly pending = new Map<string, SharedOperation<unknown>>();
  private readonly aborts = new AbortListeners();

  constructor(
    private readonly store: IdempotencyStore,
    private readonly logger: MessagingLogger,
  ) {}

  /**
   * Runs `work`, or returns the result of an earlier call.
   *
   * @throws IdempotencyConflictError if the key was used with other content.
   * @throws UnknownOutcomeError if the outcome of the earlier call is unknown.
   * @throws StoreAnswerError if the store does not return a `Reservation`.
   */
  runOnce<T>(call: IdempotentCall, limits: WaitLimits, work: Work<T>): Promise<T> {
    return call.key === undefined ? work(limits.signal) : this.runWithKey(call.key, call, limits, work);
  }

  private async runWithKey<T>(
    given: string,
    { scope, content }: IdempotentCall,
    limits: WaitLimits,
    work: Work<T>,
  ): Promise<T> {
    const key = compositeKey(...scope, given);
    const fingerprint = createHash('sha256')
      .update(stringify(content) ?? '')
      .digest('base64');
    const end = performance.now() + MAX_PENDING_MS;
    for (;;) {
      const reservation = await this.store.reserve<T>(key, fingerprint, RETENTION_MS);
      if (!isRecord(reservation)) throw new StoreAnswerError(RESERVE, STATES, reservation);
      switch (reservation.state) {
        case 'reserved':
          return this.run(key, limits, work);
        case 'done':
          return reservation.value;
        case 'conflict':
          throw new IdempotencyConflictError('The idempotency key was used before with different content');
        case 'unknown':
          throw new UnknownOutcomeError('An earlier send with this idempotency key ended with an unknown outcome');
        case 'pending':
          await this.untilSettled(key, limits, end);
          break;
        default:
          throw new StoreAnswerError(RESERVE, STATES, reservation);
      }
    }
  }

  private async run<T>(key: string, { signal: own }: WaitLimits, work: Work<T>): Promise<T> {
    const shared = new SharedOperation((signal) => this.settle(key, () => work(signal)), this.aborts);
    this.pending.set(key, shared);
    return shared.subscribe(own);
  }

  private async settle<T>(key: string, work: () => Promise<T>): Promise<T> {
    try {
      const value = await work();
      await this.record(() => this.store.complete(key, value));
      return value;
    } catch (error) {
      // Any error after the request was started is a ButtonMessagingError. Others happened before it.
      const unknown = error instanceof ButtonMessagingError && error.outcome === 'unknown';
      await this.record(() => (unknown ? this.store.unknown(key) : this.store.release(key)));
      throw error;
    } finally {
      this.pending.delete(key);
    }
  }

  // A failing store must not hide or change the outcome of the message.
  private async record(entry: () => Promise<void> | void): Promise<void> {
    try {
      await entry();
    } catch {
      this.logger.error('The idempotency store failed to record the result of a send. Its key remains reserved.');
    }
  }

  /** Waits for the other send: in this process for its end, in another one for a moment. Then asks the store again. */
  private async untilSettled(key: string, { deadline, signal }: WaitLimits, end: number): Promise<void> {
    const here = this.pending.get(key);
    const timeoutMs = Math.min(here ? MAX_TIMER_MS : POLL_MS, Math.max(0, deadline.remainingMs()));
    const stop = new AbortController();
    const timeout = delay(timeoutMs, signal, stop.signal);
    try {
      await (here ? Promise.race([here.subscribe(signal), timeout]) : timeout);
    } catch (error) {
      // The other caller aborted before anything was sent. This caller did not.
      const gaveUp = error instanceof SendAbortedError && error.outcome === 'not-sent';
      if (!gaveUp || signal?.aborted) throw error;
    } finally {
      stop.abort();
    }
    if (signal?.aborted) {
      throw new SendAbortedError(
        'The send was aborted while another send with its idempotency key was running',
        'unknown',
      );
    }
    if (deadline.remainingMs() <= 0) {
      throw new UnknownOutcomeError('The deadline passed while another send with its idempotency key was running');
    }
    if (!here && performance.now() > end) {
      const forMinutes = MAX_PENDING_MS / 60_000;
      throw new UnknownOutcomeError(`Another process has reserved this idempotency key for ${forMinutes} minutes`);
    }
  }
}
