import { LRUCache } from 'lru-cache';
import { isAccountCondition } from '../errors/account-fault.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import type { FailureCategory } from '../errors/failure-category.js';
import { boundedTo } from '../message/bounded-to.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { BreakerOpenError } from './breaker-open.error.js';

const MAX_ACCOUNTS = 10_000;
/** A status comes when the request was long accepted: the first rest must outlast what is still on its way. */
const FIRST_REST_AFTER_STATUS = 6;

/** The account that is meant. */
export interface NamedAccount {
  name: string;
  provider: string;
}

export interface RestLimits {
  /** Refusals, with no success between them, after which an account rests. */
  failures: number;
  /** The first rest. */
  coolDownMs: number;
  /** No rest is longer. */
  longestMs: number;
}

/** The refusals of an account, and the rests that they brought it. */
interface Series {
  refusals: number;
  category: FailureCategory;
  /** The last rest; 0 where there was none yet. */
  restMs: number;
  until: number;
  /** One request is out to try. */
  trying: boolean;
  /** The account was not heard of since its rest. */
  unproven: boolean;
  /** A status told of it: that its requests are accepted proves nothing. */
  byStatus: boolean;
}

/**
 * Leaves accounts alone that are refused whatever they send: unpaid, restricted, not set up. Each rest is twice as long
 * as the one before; then one request is let through to try.
 */
export class AccountRests {
  private readonly known = new LRUCache<string, Series>(boundedTo(MAX_ACCOUNTS));

  constructor(
    private readonly limits: RestLimits,
    private readonly logger: MessagingLogger,
  ) {}

  /** @throws BreakerOpenError without running `work` while the account rests. */
  run<T>(account: NamedAccount, work: () => Promise<T>): Promise<T> {
    const series = this.known.get(account.name);
    return series?.unproven ? this.runHalfOpen(account, series, work) : this.watch(account, work);
  }

  /** @throws BreakerOpenError while the account rests. */
  refuseResting(account: NamedAccount): void {
    const series = this.known.get(account.name);
    const leftMs = (series?.until ?? 0) - performance.now();
    if (series && leftMs > 0) throw restingError(account, series.category, leftMs);
  }

  /** Begins a rest because a status says that the account is refused whatever it sends. */
  restAfterStatus(account: NamedAccount, category: FailureCategory): void {
    const series = this.seriesOf(account, category);
    series.byStatus = true;
    // What comes meanwhile was sent before.
    if (series.until > performance.now()) return;
    this.begin(account, series, category, this.limits.coolDownMs * FIRST_REST_AFTER_STATUS);
  }

  /** Ends the rest of an account, and forgets its refusals. */
  end(account: string): void {
    this.known.delete(account);
  }

  private async watch<T>(account: NamedAccount, work: () => Promise<T>): Promise<T> {
    try {
      const value = await work();
      if (this.known.size > 0) this.succeed(account.name);
      return value;
    } catch (error) {
      if (error instanceof ButtonMessagingError && isAccountCondition(error)) this.refuse(account, error.category);
      throw error;
    }
  }

  private async runHalfOpen<T>(account: NamedAccount, series: Series, work: () => Promise<T>): Promise<T> {
    this.refuseResting(account);
    // Whoever waited for the one that is out would wait past its own deadline.
    if (series.trying) throw restingError(account, series.category, this.limits.coolDownMs);
    series.trying = true;
    try {
      return await this.watch(account, work);
    } finally {
      series.trying = false;
    }
  }

  private succeed(name: string): void {
    const series = this.known.get(name);
    if (!series) return;
    series.unproven = false;
    series.refusals = 0;
    if (!series.byStatus || isOver(series)) this.known.delete(name);
  }

  private refuse(account: NamedAccount, category: FailureCategory): void {
    const series = this.seriesOf(account, category);
    series.refusals += 1;
    const isResting = series.until > performance.now();
    if (isResting || !(series.unproven || series.refusals >= this.limits.failures)) return;
    this.begin(account, series, category, this.limits.coolDownMs);
  }

  private begin(account: NamedAccount, series: Series, category: FailureCategory, firstMs: number): void {
    const wanted = series.restMs === 0 ? firstMs : series.restMs * 2;
    series.restMs = Math.min(wanted, this.limits.longestMs);
    series.until = performance.now() + series.restMs;
    series.unproven = true;
    series.category = category;
    const seconds = Math.ceil(series.restMs / 1_000);
    this.logger.warn(`Account ${account.name} is refused whatever it sends (${category}); it rests for ${seconds} s.`, {
      account: account.name,
      category,
    });
  }

  private seriesOf({ name }: NamedAccount, category: FailureCategory): Series {
    const known = this.known.get(name);
    if (known && !(known.byStatus && isOver(known))) return known;
    const series = { refusals: 0, category, restMs: 0, until: 0, trying: false, unproven: false, byStatus: false };
    this.known.set(name, series);
    return series;
  }
}

/** Long enough ago that a new status would be the beginning of something new. */
function isOver({ until, restMs, unproven }: Series): boolean {
  return !unproven && performance.now() > until + 2 * restMs;
}

function restingError({ name, provider }: NamedAccount, category: FailureCategory, leftMs: number): BreakerOpenError {
  return new BreakerOpenError(`The account is left alone for a while: its provider refuses it (${category})`, {
    provider,
    account: name,
    category,
    retryAfterMs: Math.ceil(leftMs),
  });
}
