import {
  CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import { LRUCache } from 'lru-cache';
import type { BreakerOptions } from '../config/button-messaging-options.interface.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import { ProviderUnavailableError } from '../errors/provider.errors.js';

const ACCOUNTS_KEPT = 10_000;

/** Nobody was asked: the account did not answer lately, and is left alone for a while. */
export class BreakerOpenError extends ProviderUnavailableError {
  // To callers it is one more way of being unavailable.
  override readonly name = 'ProviderUnavailableError';
}

/** One breaker for each account, so that a provider that does not answer fails fast and is not flooded. */
export class Breakers {
  private readonly policies = new LRUCache<string, CircuitBreakerPolicy>({ max: ACCOUNTS_KEPT });

  constructor(private readonly options: Required<BreakerOptions> | false) {}

  /** @throws BreakerOpenError without running `work`, after too many failures in a row. */
  async run<T>(account: { name: string; provider: string }, work: () => Promise<T>): Promise<T> {
    if (this.options === false) return work();
    const policy = this.policies.get(account.name) ?? this.create(account.name, this.options);
    // One request is out to try; whoever waited for it would wait past its own deadline.
    if (policy.state === CircuitState.HalfOpen) throw openError(account, this.options);
    try {
      const end = await policy.execute(() => endOf(work));
      if ('refusal' in end) throw end.refusal;
      return end.value;
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      throw openError(account, this.options);
    }
  }

  private create(account: string, { failures, coolDownMs }: Required<BreakerOptions>): CircuitBreakerPolicy {
    const policy = circuitBreaker(handleWhen(isFailureOfProvider), {
      halfOpenAfter: coolDownMs,
      breaker: new ConsecutiveBreaker(failures),
    });
    this.policies.set(account, policy);
    return policy;
  }
}

function openError(account: { name: string; provider: string }, { coolDownMs }: Required<BreakerOptions>) {
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
    if (error instanceof SendAbortedError || isFailureOfProvider(error)) throw error;
    return { refusal: error };
  }
}

function isFailureOfProvider(error: unknown): boolean {
  return error instanceof ProviderUnavailableError || error instanceof UnknownOutcomeError;
}
