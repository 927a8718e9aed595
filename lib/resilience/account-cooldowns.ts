import { LRUCache } from 'lru-cache';
import { isAccountCondition } from '../errors/account-errors.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import type { FailureCategory } from '../errors/failure-category.js';
import { boundedTo } from '../message/bounded-to.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { quoted } from '../telemetry/one-line.js';
import { BreakerOpenError } from './breaker-open.error.js';

const MAX_ACCOUNTS = 10_000;
/** The cooldown after a status is longer, because requests that were accepted before still produce such statuses. */
const COOLDOWN_FACTOR_AFTER_STATUS = 6;

/** An account and its provider. */
export interface NamedAccount {
  name: string;
  provider: string;
}

/** The limits of an account's cooldown. */
export interface CooldownLimits {
  /** Rejections without a success between them after which the circuit opens. */
  failures: number;
  /** The first cooldown in milliseconds. */
  coolDownMs: number;
  /** The maximum cooldown in milliseconds. */
  longestMs: number;
}

/** The rejections of an account, and its cooldowns. */
interface Series {
  rejections: number;
  category: FailureCategory;
  /** The last cooldown, or 0 before the first. */
  cooldownMs: number;
  until: number;
  /** A test request is in flight. */
  isTesting: boolean;
  /** No request has succeeded since the cooldown. */
  unproven: boolean;
  /** A status reported it, so that an accepted request proves nothing. */
  byStatus: boolean;
}

/**
 * Opens the circuit of accounts whose messages are all rejected: unpaid, restricted, not set up.
 *
 * Each cooldown is twice as long as the one before. After it one request is allowed as a test.
 */
export class AccountCooldowns {
  private readonly known = new LRUCache<string, Series>(boundedTo(MAX_ACCOUNTS));

  constructor(
    private readonly limits: CooldownLimits,
    private readonly logger: MessagingLogger,
  ) {}

  /** @throws BreakerOpenError without running `work` during a cooldown. */
  run<T>(account: NamedAccount, work: () => Promise<T>): Promise<T> {
    const series = this.known.get(account.name);
    return series?.unproven ? this.runHalfOpen(account, series, work) : this.watch(account, work);
  }

  /** @throws BreakerOpenError during a cooldown. */
  rejectIfOpen(account: NamedAccount): void {
    const series = this.known.get(account.name);
    const leftMs = (series?.until ?? 0) - performance.now();
    if (series && leftMs > 0) throw restingError(account, series.category, leftMs);
  }

  /** Starts a cooldown because a status says that all messages of the account are rejected. */
  openAfterStatus(account: NamedAccount, category: FailureCategory): void {
    const series = this.seriesOf(account, category);
    series.byStatus = true;
    // This status belongs to a message from before the cooldown.
    if (series.until > performance.now()) return;
    this.begin(account, series, category, this.limits.coolDownMs * COOLDOWN_FACTOR_AFTER_STATUS);
  }

  /** Ends the cooldown of an account and forgets its rejections. */
  end(account: string): void {
    this.known.delete(account);
  }

  private async watch<T>(account: NamedAccount, work: () => Promise<T>): Promise<T> {
    try {
      const value = await work();
      if (this.known.size > 0) this.succeed(account.name);
      return value;
    } catch (error) {
      if (error instanceof ButtonMessagingError && isAccountCondition(error)) this.reject(account, error.category);
      throw error;
    }
  }

  private async runHalfOpen<T>(account: NamedAccount, series: Series, work: () => Promise<T>): Promise<T> {
    this.rejectIfOpen(account);
    // A second request would wait for the test beyond its own deadline.
    if (series.isTesting) throw restingError(account, series.category, this.limits.coolDownMs);
    series.isTesting = true;
    try {
      return await this.watch(account, work);
    } finally {
      series.isTesting = false;
    }
  }

  private succeed(name: string): void {
    const series = this.known.get(name);
    if (!series) return;
    series.unproven = false;
    series.rejections = 0;
    if (!series.byStatus || isOver(series)) this.known.delete(name);
  }

  private reject(account: NamedAccount, category: FailureCategory): void {
    const series = this.seriesOf(account, category);
    series.rejections += 1;
    const isResting = series.until > performance.now();
    if (isResting || !(series.unproven || series.rejections >= this.limits.failures)) return;
    this.begin(account, series, category, this.limits.coolDownMs);
  }

  private begin(account: NamedAccount, series: Series, category: FailureCategory, firstMs: number): void {
    const wanted = series.cooldownMs === 0 ? firstMs : series.cooldownMs * 2;
    series.cooldownMs = Math.min(wanted, this.limits.longestMs);
    series.until = performance.now() + series.cooldownMs;
    series.unproven = true;
    series.category = category;
    const seconds = Math.ceil(series.cooldownMs / 1_000);
    this.logger.warn(
      `Circuit breaker opened for account ${account.name} for ${seconds} s: all messages are rejected (${category}).`,
      {
        account: account.name,
        category,
      },
    );
  }

  private seriesOf({ name }: NamedAccount, category: FailureCategory): Series {
    const known = this.known.get(name);
    if (known && !(known.byStatus && isOver(known))) return known;
    const series = {
      rejections: 0,
      category,
      cooldownMs: 0,
      until: 0,
      isTesting: false,
      unproven: false,
      byStatus: false,
    };
    this.known.set(name, series);
    return series;
  }
}

/** Whether the series ended so long ago that a status begins a new one. */
function isOver({ until, cooldownMs, unproven }: Series): boolean {
  return !unproven && performance.now() > until + 2 * cooldownMs;
}

function restingError({ name, provider }: NamedAccount, category: FailureCategory, leftMs: number): BreakerOpenError {
  const retryAfterMs = Math.ceil(leftMs);
  const why = `all messages are rejected (${category}). Retry after ${retryAfterMs.toLocaleString('en-US')} ms`;
  return new BreakerOpenError(`Circuit breaker open for account ${quoted(name)}: ${why}`, {
    provider,
    account: name,
    category,
    retryAfterMs,
  });
}
