import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AccountLookUpError } from '../config/account-look-up.error.js';
import { isAccountCondition } from '../errors/account-errors.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { RateLimitedError } from '../errors/provider.errors.js';
import { ConfigurationError, UnknownAccountError } from '../errors/setup.errors.js';
import { BreakerOpenError } from '../resilience/breaker-open.error.js';
import { MessagingCore } from './messaging-core.js';
import { QueueEventStream } from './queue-event.stream.js';
import { messageErrorOf } from './queued-message.mapper.js';

const MAX_ACCOUNTS = 10_000;
/** After this many consecutive failures the account is considered unavailable. */
const CONSECUTIVE_FAILURES = 5;
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 30_000;
/** Another application on the same queue may know the account. */
const UNKNOWN_ACCOUNT_WAIT_MS = 2_000;
/** An open circuit or a rate limit may end early, so the account is checked at least this often. */
const MAX_RATE_LIMIT_MS = 60_000;
/** While one message probes the account, the others check again after `RECHECK_MS`. */
const RECHECK_MS = 1_000;
/** A probe without a result for this long is considered lost. */
const PROBE_TIMEOUT_MS = 30_000;
/** Messages that wait for the same time return one after the other, at this interval, … */
const MIN_INTERVAL_MS = 10;
/** … and at most this much later. */
const SPREAD_MS = 60_000;
const LOG_INTERVAL_MS = 60_000;

const NO_REQUEST_MADE = [BreakerOpenError, AccountLookUpError, UnknownAccountError, ConfigurationError];

/**
 * What a failure means for its account. It is not caused by the message, so it does not count as an attempt.
 *
 * - `rate-limited`: the account, or this recipient, has to wait for its slot.
 * - `closed`: no request was made, and none will be for a while.
 * - `unavailable`: the request failed because of the account or of its provider.
 */
type AccountTrouble = 'rate-limited' | 'closed' | 'unavailable';

class AccountWait {
  /** No message is sent before. */
  until = 0;
  /** The last wait for an unavailable account. 0 if it is only rate-limited. */
  waitMs = 0;
  consecutiveFailures = 0;
  /** Until then one message probes the account, and the others wait for its result. */
  probingUntil = 0;
  /** When the next waiting message returns. */
  nextReturnAt = 0;
  intervalMs = MIN_INTERVAL_MS;
  loggedAt = Number.NEGATIVE_INFINITY;
}

/**
 * Tracks accounts that cannot send now: rate-limited, unavailable, unknown, or with invalid credentials. Their messages
 * wait in the queue. After growing waits one message probes the account, until it can send again. Each process does so
 * on its own.
 */
@Injectable()
export class AccountWaits {
  private readonly accounts = new LRUCache<string, AccountWait>({ max: MAX_ACCOUNTS });

  constructor(
    private readonly events: QueueEventStream,
    @Inject(MessagingCore) private readonly core: Pick<MessagingCore, 'logger'>,
  ) {}

  /** Returns how many milliseconds a message of these accounts has to wait. 0 if one of them may send. */
  admit(accounts: readonly string[]): number {
    if (this.accounts.size === 0) return 0;
    let shortest = Number.POSITIVE_INFINITY;
    for (const account of accounts) {
      const waitMs = this.admitOne(account);
      if (waitMs === 0) return 0;
      shortest = Math.min(shortest, waitMs);
    }
    return Number.isFinite(shortest) ? shortest : 0;
  }

  /**
   * Records a failed send. Returns how many milliseconds the message has to wait, or undefined if it caused the
   * failure.
   */
  fail(account: string, error: ButtonMessagingError, attempts: number): number | undefined {
    const trouble = troubleOf(error);
    if (trouble === undefined) return undefined;
    const askedMs = error.retryAfterMs ?? 0;
    if (trouble === 'rate-limited') {
      return this.waitForSlot(account, error, Math.min(askedMs || backoff(attempts), MAX_RATE_LIMIT_MS));
    }
    const wait = this.waitOf(account);
    wait.consecutiveFailures += 1;
    const isUnavailable = trouble === 'closed' || wait.waitMs > 0 || wait.consecutiveFailures >= CONSECUTIVE_FAILURES;
    if (isUnavailable) this.extend(account, wait, error);
    return isUnavailable ? Math.max(wait.until - Date.now(), 0) : Math.max(askedMs, backoff(attempts));
  }

  /** Records a send without a response. If it probed an unavailable account, the account stays unavailable. */
  missResponse(account: string, error: ButtonMessagingError): void {
    const wait = this.accounts.get(account);
    if (wait && wait.waitMs > 0) this.extend(account, wait, error);
  }

  /** Records that the account can send. */
  succeed(account: string): void {
    const wait = this.accounts.size === 0 ? undefined : this.accounts.get(account);
    if (!wait) return;
    // A success does not end a rate limit.
    if (wait.waitMs === 0 && wait.until > Date.now()) {
      wait.consecutiveFailures = 0;
      return;
    }
    this.accounts.delete(account);
    if (wait.waitMs === 0) return;
    this.core.logger.log(`Account ${account} is available again.`);
    this.events.emitAccount({ kind: 'available', account });
  }

  /** Ends any wait of an account. */
  end(account: string): void {
    this.accounts.delete(account);
  }

  /**
   * Returns when a message that has to wait returns, spread over time for each account.
   *
   * @param intervalMs Milliseconds between two messages. By default it depends on why they wait.
   */
  nextAt(account: string, waitMs: number, intervalMs?: number): number {
    const earliest = Date.now() + waitMs;
    const wait = this.waitOf(account);
    const at = Math.max(earliest, wait.nextReturnAt);
    if (at > earliest + SPREAD_MS) return earliest + Math.round(Math.random() * SPREAD_MS);
    wait.nextReturnAt = at + (intervalMs ?? wait.intervalMs);
    return Math.round(at);
  }

  private admitOne(account: string): number {
    const wait = this.accounts.get(account);
    if (!wait) return 0;
    const now = Date.now();
    if (wait.until > now) return wait.until - now;
    if (wait.waitMs === 0) return 0;
    if (wait.probingUntil > now) return RECHECK_MS;
    wait.probingUntil = now + PROBE_TIMEOUT_MS;
    return 0;
  }

  private waitForSlot(account: string, error: ButtonMessagingError, waitMs: number): number {
    if (error.scope === 'recipient') return waitMs;
    const wait = this.waitOf(account);
    wait.until = Math.max(wait.until, Date.now() + waitMs);
    wait.probingUntil = 0;
    // On average, the slots of a rate-limited account are twice as far apart as this one is away.
    wait.intervalMs = Math.max(MIN_INTERVAL_MS, Math.min(waitMs, RECHECK_MS));
    return waitMs;
  }

  private extend(account: string, wait: AccountWait, error: ButtonMessagingError): void {
    const now = Date.now();
    wait.probingUntil = 0;
    wait.intervalMs = MIN_INTERVAL_MS;
    // Failures of concurrent sends count as one.
    if (wait.until <= now) {
      const longest = error instanceof UnknownAccountError ? UNKNOWN_ACCOUNT_WAIT_MS : MAX_WAIT_MS;
      const wanted = Math.max(FIRST_WAIT_MS, wait.waitMs * 2, error.retryAfterMs ?? 0);
      wait.waitMs = Math.min(wanted, longest);
      wait.until = now + wait.waitMs;
    }
    if (wait.loggedAt + LOG_INTERVAL_MS > now) return;
    wait.loggedAt = now;
    const seconds = Math.ceil((wait.until - now) / 1_000);
    this.core.logger.warn(
      `Account ${account} is unavailable (${error.code}). Its messages wait without using an attempt. ` +
        `The next attempt is in ${seconds} s.`,
    );
    const retryAt = new Date(wait.until);
    this.events.emitAccount({ kind: 'unavailable', account, error: messageErrorOf(error), retryAt });
  }

  private waitOf(account: string): AccountWait {
    const wait = this.accounts.get(account) ?? new AccountWait();
    this.accounts.set(account, wait);
    return wait;
  }
}

/** Doubles each time, with up to 50 % jitter. */
function backoff(attempts: number): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1), MAX_WAIT_MS);
  return longest * (1 + Math.random() / 2);
}

/** Returns what a failure means for its account, or undefined if the message caused it. */
function troubleOf(error: ButtonMessagingError): AccountTrouble | undefined {
  if (error.outcome !== 'not-sent' || error.inferred) return undefined;
  if (error instanceof RateLimitedError) return 'rate-limited';
  if (NO_REQUEST_MADE.some((kind) => error instanceof kind)) return 'closed';
  const concernsAll = error.category === 'unavailable' ? error.scope !== 'recipient' : isAccountCondition(error);
  return concernsAll ? 'unavailable' : undefined;
}
