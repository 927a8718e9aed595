import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import type { BreakerOptions } from '../config/button-messaging-options.interface.js';
import type { FailureCategory } from '../errors/failure-category.js';
import { boundedTo } from '../message/bounded-to.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { AccountCooldowns, type NamedAccount } from './account-cooldowns.js';
import { CircuitBreaker } from './circuit-breaker.js';

const MAX_ACCOUNTS = 10_000;

/** Opens the circuit of an account if its provider does not respond, or if all its messages are rejected. */
@Injectable()
export class CircuitBreakers {
  private readonly breakers = new LRUCache<string, CircuitBreaker>(boundedTo(MAX_ACCOUNTS));
  private readonly options: Required<BreakerOptions> | false;
  private readonly cooldowns: AccountCooldowns | undefined;

  constructor({ breaker, retry }: ButtonMessagingConfig, logger: MessagingLogger) {
    this.options = breaker;
    this.cooldowns = breaker ? new AccountCooldowns({ ...breaker, longestMs: retry.longestRestMs }, logger) : undefined;
  }

  /** Runs a send. @throws BreakerOpenError without running `work` while the circuit is open. */
  send<T>(account: NamedAccount, work: () => Promise<T>): Promise<T> {
    return this.cooldowns ? this.cooldowns.run(account, () => this.ask(account, work)) : work();
  }

  /**
   * Runs a read, which an account may do although all its messages are rejected.
   *
   * @throws BreakerOpenError without running `work`, after too many consecutive failures of the provider.
   */
  ask<T>(account: NamedAccount, work: () => Promise<T>): Promise<T> {
    if (this.options === false) return work();
    const known = this.breakers.get(account.name);
    const breaker = known ?? new CircuitBreaker(this.options);
    if (!known) this.breakers.set(account.name, breaker);
    return breaker.run(account, work);
  }

  /**
   * Opens the circuit of an account because a status says that all its messages are rejected.
   *
   * The cooldown is a minute by default and doubles each time, up to `retry.longestRestMs`. Accepted requests end the
   * series only if no such status arrives for twice the last cooldown. Does nothing if circuit breakers are disabled.
   */
  open(account: NamedAccount, category: FailureCategory): void {
    this.cooldowns?.openAfterStatus(account, category);
  }

  /** @throws BreakerOpenError while the circuit is open because all messages of the account are rejected. */
  rejectIfOpen(account: NamedAccount): void {
    this.cooldowns?.rejectIfOpen(account);
  }

  /** Closes the circuit of an account and forgets its failures. */
  resume(account: string): void {
    this.cooldowns?.end(account);
    this.breakers.delete(account);
  }
}
