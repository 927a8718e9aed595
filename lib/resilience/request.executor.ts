import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { Deadline } from '../async/deadline.js';
import { delay } from '../async/delay.js';
import type { Account } from '../config/accounts/account.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { SendAbortedError } from '../errors/outcome.errors.js';
import { ProviderUnavailableError, RateLimitedError } from '../errors/provider.errors.js';
import { failureOf } from '../errors/store-answer.error.js';
import { fieldsOf, loggedError } from '../telemetry/log-fields.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { type AttemptRunner, MessagingTelemetry, type SendFacts } from '../telemetry/messaging.telemetry.js';
import type { AttemptLimits } from '../transport/request-attempt.js';
import { BreakerOpenError } from './breaker-open.error.js';
import { CircuitBreakers } from './circuit-breakers.js';
import { ConsecutiveRateLimits } from './consecutive-rate-limits.js';
import { Pacer } from './pacer.js';
import { type FailedAttempt, retryAfterOf, retryDelay } from './retry-policy.js';

/** One request to a provider. */
export interface ExecutionRequest {
  account: Account;
  /** The provider's name of the request. */
  operation: string;
  /** The recipient, as the request contains it. Undefined if the request has none. */
  recipient?: string | undefined;
  /** Whether the request may be repeated after any outcome, as reads may. */
  repeatable: boolean;
  /**
   * Whether the request goes to another host than the account's API, so that its failures do not open the account's
   * circuit.
   *
   * @default false
   */
  isElsewhere?: boolean | undefined;
}

/** Sends one request and interprets its response. It throws only `ButtonMessagingError`s. */
export type ExecutionAttempt<T> = (limits: AttemptLimits) => Promise<T>;

export interface ExecutionOptions {
  signal?: AbortSignal | undefined;
  /** Timeout of one attempt in milliseconds. */
  timeoutMs?: number | undefined;
  deadline: Deadline;
  /** Maximum wait for a slot in milliseconds. */
  maxWaitMs?: number | undefined;
  /** Maximum number of requests. @default the module's `retry.attempts` */
  attempts?: number | undefined;
}

/** A running execution. */
interface Run<T> {
  job: ExecutionRequest;
  attempt: ExecutionAttempt<T>;
  options: ExecutionOptions;
  runAttempt: AttemptRunner;
  /** The trace context of the whole send, if it is traced. */
  traceparent: string | undefined;
}

export interface ExecutionResult<T> {
  value: T;
  /** Number of requests. */
  attempts: number;
  /** The trace context of its span as a W3C `traceparent`, if it is traced. */
  traceparent?: string | undefined;
}

/**
 * Executes requests with rate limiting, the circuit breaker and retries.
 *
 * No other class retries. A request is repeated only if it was certainly not sent, unless the options allow more or it is
 * a read.
 */
@Injectable()
export class RequestExecutor {
  private readonly shutdown = new AbortController();
  private readonly consecutiveRateLimits = new ConsecutiveRateLimits();

  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly pacer: Pacer,
    private readonly breakers: CircuitBreakers,
    private readonly telemetry: MessagingTelemetry,
    private readonly logger: MessagingLogger,
  ) {
    // Every waiting send listens to it.
    setMaxListeners(0, this.shutdown.signal);
  }

  /** Closes the circuit of an account and ends its pauses. The next request is sent at once. */
  async resume(account: Account): Promise<void> {
    this.breakers.resume(account.name);
    this.consecutiveRateLimits.forget(account.name);
    await this.pacer.resume(account);
  }

  /** Ends all waits for rate limits and retries. These sends fail as not sent. */
  stopWaiting(): void {
    this.shutdown.abort();
  }

  /** Sends until a request succeeds or must not be retried. */
  execute<T>(
    job: ExecutionRequest,
    attempt: ExecutionAttempt<T>,
    options: ExecutionOptions,
  ): Promise<ExecutionResult<T>> {
    return this.telemetry.send(requestFacts(job), (runAttempt, traceparent) =>
      this.executeWithRetries({ job, attempt, options, runAttempt, traceparent }),
    );
  }

  private async executeWithRetries<T>(run: Run<T>): Promise<ExecutionResult<T>> {
    const { job, options } = run;
    let unknown: ButtonMessagingError | undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const value = await this.executeOnce(run, attempt);
        if (!job.repeatable) this.consecutiveRateLimits.forget(job.account.name);
        return { value, attempts: attempt, traceparent: run.traceparent };
      } catch (error) {
        if (!(error instanceof ButtonMessagingError)) throw unknown ?? error;
        if (error.outcome === 'unknown') unknown ??= withWait(error, this.granted({ error, attempt }));
        const { repeatable } = job;
        const failed: FailedAttempt = {
          error,
          attempt,
          repeatable,
          deadline: options.deadline,
          consecutiveRateLimits: this.meetLimit(job, error),
        };
        const askedMs = this.granted(failed);
        const next = await this.waitForNext(failed, job, options);
        if (next === 'again') continue;
        // Once an attempt may have been accepted, a later rejection does not change the outcome to not-sent.
        throw unknown ?? (next === 'aborted' ? abortedWhileWaiting(job) : withWait(error, askedMs));
      }
    }
  }

  /** Sends one request when it has a slot. */
  private async executeOnce<T>(run: Run<T>, count: number): Promise<T> {
    const { account, recipient, repeatable } = run.job;
    if (!repeatable) {
      const { deadline, signal, maxWaitMs } = run.options;
      const shutdown = this.shutdown.signal;
      const waited = await this.pacer.acquire({ account, recipient, deadline, maxWaitMs, signal, shutdown });
      if (waited) this.noteWait(run.job);
    }
    return this.request(run, count);
  }

  private request<T>({ job, attempt, options, runAttempt }: Run<T>, count: number): Promise<T> {
    if (count > 1) this.telemetry.retry(requestFacts(job));
    const { signal, deadline } = options;
    const timeoutMs = Math.min(options.timeoutMs ?? this.config.http.timeoutMs, deadline.remainingMs());
    if (timeoutMs <= 0) {
      throw new ProviderUnavailableError('The deadline passed before the request was sent', requestDetails(job));
    }
    const once = () => runAttempt(count, () => attempt({ timeoutMs, signal }));
    if (job.isElsewhere) return once();
    return job.repeatable ? this.breakers.ask(job.account, once) : this.breakers.send(job.account, once);
  }

  /** Returns the wait that the provider requests, up to `retry.longestRestMs`. */
  private granted(failed: Pick<FailedAttempt, 'error' | 'attempt' | 'consecutiveRateLimits'>): number {
    return Math.min(retryAfterOf(failed), this.config.retry.longestRestMs);
  }

  private meetLimit({ account }: ExecutionRequest, error: ButtonMessagingError): number {
    if (!(error instanceof RateLimitedError) || error.lasts === undefined) return 1;
    return this.consecutiveRateLimits.meet(account.name, (consecutiveRateLimits) =>
      this.granted({ error, attempt: 1, consecutiveRateLimits }),
    );
  }

  private noteWait(job: ExecutionRequest): void {
    const facts = requestFacts(job);
    this.telemetry.pacedWait(facts);
    this.logger.debug(
      () => `${job.operation} of account ${job.account.name} waited for a rate limit.`,
      () => ({ ...facts }),
    );
  }

  // A failing store must not hide or change the outcome of the message.
  private async pause(job: ExecutionRequest, error: RateLimitedError, forMs: number): Promise<void> {
    try {
      await this.pacer.pause(job.account, job.recipient, error, forMs);
    } catch (failure) {
      const name = failureOf(failure);
      this.logger.error(`The pacing store failed to pause account ${job.account.name}: ${name}.`, {
        ...requestFacts(job),
        error: name,
      });
    }
  }

  /** Waits before the next attempt, if there is one. */
  private async waitForNext(
    failed: FailedAttempt,
    job: ExecutionRequest,
    options: ExecutionOptions,
  ): Promise<'again' | 'over' | 'aborted'> {
    const { error } = failed;
    const { attempts = this.config.retry.attempts } = options;
    const retry = { ...this.config.retry, attempts };
    const waitMs = error instanceof BreakerOpenError ? undefined : retryDelay(failed, retry);
    // Without a status the error is from our own rate limiting, whose buckets are up to date.
    if (error instanceof RateLimitedError && error.status !== undefined) {
      await this.pause(job, error, waitMs ?? this.granted(failed));
    }
    if (waitMs === undefined) return 'over';
    const what = `${job.operation} of account ${job.account.name}`;
    const next = `next attempt in ${Math.round(waitMs)} ms`;
    this.logger.warn(`${what}: attempt ${failed.attempt} failed (${error.outcome}), ${next}: ${loggedError(error)}`, {
      ...fieldsOf(error),
      ...requestFacts(job),
      attempts: failed.attempt,
    });
    return (await delay(waitMs, options.signal, this.shutdown.signal)) ? 'again' : 'aborted';
  }
}

/** The attributes of a request in logs, spans and metrics. */
export function requestFacts({ account: { provider, name: account }, operation }: ExecutionRequest): SendFacts {
  return { provider, account, operation };
}

function requestDetails({ account: { provider, name: account } }: ExecutionRequest) {
  return { provider, account };
}

/** Sets `retryAfterMs` to the wait that applies, also if the provider's rules define it instead of its response. */
function withWait(error: ButtonMessagingError, askedMs: number): ButtonMessagingError {
  const isLimit = error instanceof RateLimitedError && askedMs > 0;
  if (!isLimit && error.retryAfterMs === undefined) return error;
  return Object.assign(error, { retryAfterMs: askedMs });
}

function abortedWhileWaiting(job: ExecutionRequest): SendAbortedError {
  const what = job.repeatable ? `request ${job.operation}` : 'send';
  return new SendAbortedError(`The ${what} was aborted while it waited for a retry`, 'not-sent', requestDetails(job));
}
