import { Injectable } from '@nestjs/common';
import {
  CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import type { BreakerOptions } from '../config/button-messaging-options.interface.js';
import type { FailureCategory } from '../errors/failure-category.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import { ProviderUnavailableError } from '../errors/provider.errors.js';
import { boundedTo } from '../message/bounded-to.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { AccountRests, type NamedAccount } from './account-rests.js';
import { BreakerOpenError } from './breaker-open.error.js';

const MAX_ACCOUNTS = 10_000;

/** How an account stands: its policy, and the count of failures in a row on which the policy decides. */
interface BreakerState {
  policy: CircuitBreakerPolicy;
  failures: ConsecutiveBreaker;
}

/**
 * One breaker for each account, so that a provider that does not answer fails fast and is not flooded, and an account
 * that is refused whatever it sends is left alone.
 */
@Injectable()
export class CircuitBreakers {
  private readonly states = new LRUCache<string, BreakerState>(boundedTo(MAX_ACCOUNTS));
  private readonly options: Required<BreakerOptions> | false;
  private readonly rests: AccountRests | undefined;

  constructor({ breaker, retry }: ButtonMessagingConfig, logger: MessagingLogger) {
    this.options = breaker;
    this.rests = breaker ? new AccountRests({ ...breaker, longestMs: retry.longestRestMs }, logger) : undefined;
  }

  /** Sends something. @throws BreakerOpenError without running `work`, after too many failures in a row. */
  send<T>(account: NamedAccount, work: () => Promise<T>): Promise<T> {
    return this.rests ? this.rests.run(account, () => this.ask(account, work)) : work();
  }

  /**
   * Asks something, for which it does not matter whether the account may send.
   *
   * @throws BreakerOpenError without running `work`, after too many missing answers in a row.
   */
  ask<T>(account: NamedAccount, work: () => Promise<T>): Promise<T> {
    if (this.options === false) return work();
    const standing = this.states.get(account.name) ?? this.create(account.name, this.options);
    return standing.policy.state === CircuitState.Closed
      ? this.watch(standing, work)
      : this.runHalfOpen(standing, account, work, this.options);
  }

  /**
   * Leaves an account alone because a status says that it is refused whatever it sends: for a minute by default, then
   * for twice as long each time, up to `retry.longestRestMs`. That its requests are accepted ends the series only when
   * no such status has come for twice the last rest. Nothing where breakers are switched off.
   */
  rest(account: NamedAccount, category: FailureCategory): void {
    this.rests?.restAfterStatus(account, category);
  }

  /** @throws BreakerOpenError while the account is left alone because it is refused whatever it sends. */
  refuseResting(account: NamedAccount): void {
    this.rests?.refuseResting(account);
  }

  /** Ends every rest of an account, and forgets its failures. */
  resume(account: string): void {
    this.rests?.end(account);
    this.states.delete(account);
  }

  /** Where all is well the policy has nothing to decide, and is told only of failures. */
  private watch<T>({ policy, failures }: BreakerState, work: () => Promise<T>): Promise<T> {
    return work().then(
      (value) => {
        failures.success();
        return value;
      },
      async (error: unknown) => {
        if (isAnswer(error)) failures.success();
        else if (policy.state === CircuitState.Closed) await policy.execute(() => Promise.reject(error));
        throw error;
      },
    );
  }

  private async runHalfOpen<T>(
    { policy }: BreakerState,
    account: NamedAccount,
    work: () => Promise<T>,
    options: Required<BreakerOptions>,
  ): Promise<T> {
    // One request is out to try; whoever waited for it would wait past its own deadline.
    if (policy.state === CircuitState.HalfOpen) throw openError(account, options);
    try {
      const end = await policy.execute(() => endOf(work));
      if ('refusal' in end) throw end.refusal;
      return end.value;
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      throw openError(account, options);
    }
  }

  private create(account: string, { failures: most, coolDownMs }: Required<BreakerOptions>): BreakerState {
    const failures = new ConsecutiveBreaker(most);
    const policy = circuitBreaker(handleWhen(isFailureOfProvider), { halfOpenAfter: coolDownMs, breaker: failures });
    const standing = { policy, failures };
    this.states.set(account, standing);
    return standing;
  }
}

function openError(account: NamedAccount, { coolDownMs }: Required<BreakerOptions>) {
  return new BreakerOpenError('The provider did not answer lately and is left alone for a moment', {
    provider: account.provider,
    account: account.name,
    retryAfterMs: coolDownMs,
  });
}

// A refusal is an answer: for the breaker the provider is alive, and its failures are no longer in a row.
async function endOf<T>(work: () => Promise<T>): Promise<{ value: T } | { refusal: unknown }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!isAnswer(error)) throw error;
    return { refusal: error };
  }
}

function isAnswer(error: unknown): boolean {
  return !(error instanceof SendAbortedError) && !isFailureOfProvider(error);
}

function isFailureOfProvider(error: unknown): boolean {
  return error instanceof ProviderUnavailableError || error instanceof UnknownOutcomeError;
}
