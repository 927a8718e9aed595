import type { BreakerOptions } from '../config/button-messaging-options.interface.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import { ProviderUnavailableError } from '../errors/provider.errors.js';
import { quoted } from '../telemetry/one-line.js';
import type { NamedAccount } from './account-cooldowns.js';
import { BreakerOpenError } from './breaker-open.error.js';

/** A circuit that opens after consecutive failures of the provider. After the cooldown one request is the test. */
export class CircuitBreaker {
  private failures = 0;
  /** When a test is allowed. Undefined while the circuit is closed. */
  private openUntil: number | undefined;
  private isTesting = false;

  constructor(private readonly options: Required<BreakerOptions>) {}

  /** @throws BreakerOpenError without running `work` while the circuit is open or another request is the test. */
  async run<T>(account: NamedAccount, work: () => Promise<T>): Promise<T> {
    const isTest = this.openUntil !== undefined;
    if (isTest) this.beginTest(account);
    try {
      const value = await work();
      this.failures = 0;
      if (isTest) this.openUntil = undefined;
      return value;
    } catch (error) {
      this.fail(error, isTest);
      throw error;
    } finally {
      if (isTest) this.isTesting = false;
    }
  }

  private beginTest(account: NamedAccount): void {
    // A second request would wait for the test beyond its own deadline.
    if (this.isTesting || performance.now() < (this.openUntil ?? 0)) throw openError(account, this.options);
    this.isTesting = true;
  }

  private fail(error: unknown, isTest: boolean): void {
    if (isProviderFailure(error)) {
      // Requests that were sent before the circuit opened do not prolong the cooldown.
      const opens = isTest || (this.openUntil === undefined && ++this.failures >= this.options.failures);
      if (opens) this.openUntil = performance.now() + this.options.coolDownMs;
      return;
    }
    // A rejection is a response: the provider works. An abort says nothing about it.
    if (!(error instanceof SendAbortedError)) this.failures = 0;
    if (isTest) this.openUntil = undefined;
  }
}

function isProviderFailure(error: unknown): boolean {
  return error instanceof ProviderUnavailableError || error instanceof UnknownOutcomeError;
}

function openError({ name, provider }: NamedAccount, { failures, coolDownMs }: Required<BreakerOptions>) {
  const message =
    `Circuit breaker open for account ${quoted(name)}: ${failures} consecutive failures. ` +
    `Retry after ${coolDownMs.toLocaleString('en-US')} ms`;
  return new BreakerOpenError(message, { provider, account: name, retryAfterMs: coolDownMs });
}
