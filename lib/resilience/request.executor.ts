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
import { fieldsOf } from '../telemetry/log-fields.js';
import { loggedError } from '../telemetry/logged-error.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { type AttemptRunner, MessagingTelemetry, type SendFacts } from '../telemetry/messaging.telemetry.js';
import type { AttemptLimits } from '../transport/request-attempt.js';
import { BreakerOpenError } from './breaker-open.error.js';
import { CircuitBreakers } from './circuit-breakers.js';
import { ConsecutiveRateLimits } from './consecutive-rate-limits.js';
import { type ExecutionRequest, requestDetails, requestLogFields, telemetryFacts } from './execution-request.js';
import { Pacer } from './pacer.js';
import { type FailedAttempt, retryAfterOf, retryDelay } from './retry-policy.js';

/** One request, and what its answer means. Its errors are `ButtonMessagingError`s. */
export type ExecutionAttempt<T> = (limits: AttemptLimits) => Promise<T>;

export interface ExecutionOptions {
  signal?: AbortSignal | undefined;
  /** For one attempt. */
  timeoutMs?: number | undefined;
  deadline: Deadline;
  /** A turn that would come later than in so many milliseconds is refused. */
  maxWaitMs?: number | undefined;
  /** How many requests at most. Default: as the module's options say. */
  attempts?: number | undefined;
}

/** A job under way. */
interface Run<T> {
  job: ExecutionRequest;
  attempt: ExecutionAttempt<T>;
  options: ExecutionOptions;
  facts: SendFacts;
  runAttempt: AttemptRunner;
  /** The trace context of the whole, if it is traced. */
  traceparent: string | undefined;
}

export interface ExecutionResult<T> {
  value: T;
  /** How many requests it took. */
  attempts: number;
  /** The trace context of its span, as W3C writes it, if it is traced. */
  traceparent?: string | undefined;
}

/**
 * Everything around the attempts: their turn, their breaker, their repetition. The one owner of retrying: only what is
 * known not to be sent is tried again, unless the options or the call itself say that repeating does no harm.
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
    // Every send that waits listens to it: many listeners are no leak here.
    setMaxListeners(0, this.shutdown.signal);
  }

  /** @throws BreakerOpenError while the account is left alone because its provider refuses whatever it sends. */
  refuseResting(account: Account): void {
    this.breakers.refuseResting(account);
  }

  /** Ends every rest and pause of an account: the next request goes out at once. */
  async resume(account: Account): Promise<void> {
    this.breakers.resume(account.name);
    this.consecutiveRateLimits.forget(account.name);
    await this.pacer.resume(account);
  }

  /** Ends all waits: what waits for its turn or for its next attempt fails as not sent. */
  stopWaiting(): void {
    this.shutdown.abort();
  }

  /** Tries until it succeeds or may not be tried again. */
  execute<T>(
    job: ExecutionRequest,
    attempt: ExecutionAttempt<T>,
    options: ExecutionOptions,
  ): Promise<ExecutionResult<T>> {
    const facts = telemetryFacts(job);
    return this.telemetry.send(facts, (runAttempt, traceparent) =>
      this.executeWithRetries({ job, attempt, options, facts, runAttempt, traceparent }),
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
        // Once an attempt may have been accepted, a later refusal does not make the message unsent.
        throw unknown ?? (next === 'aborted' ? abortedWhileWaiting(job) : withWait(error, askedMs));
      }
    }
  }

  /** Sends one request, as soon as it is its turn. */
  private executeOnce<T>(run: Run<T>, count: number): Promise<T> {
    const { account, recipient, repeatable } = run.job;
    if (repeatable) return this.request(run, count);
    const { deadline, signal, maxWaitMs } = run.options;
    const turn = this.pacer.acquire({
      account,
      recipient,
      deadline,
      maxWaitMs,
      signal,
      shutdown: this.shutdown.signal,
    });
    if (turn === 'now') return this.request(run, count);
    return turn.then((waited) => {
      if (waited) this.noteWait(run);
      return this.request(run, count);
    });
  }

  private request<T>({ job, attempt, options, facts, runAttempt }: Run<T>, count: number): Promise<T> {
    if (count > 1) this.telemetry.retry(facts);
    const { signal, deadline } = options;
    const timeoutMs = Math.min(options.timeoutMs ?? this.config.http.timeoutMs, deadline.remainingMs());
    if (timeoutMs <= 0) {
      throw new ProviderUnavailableError('The deadline passed before the request could leave', requestDetails(job));
    }
    const once = () => runAttempt(count, () => attempt({ timeoutMs, signal }));
    return job.repeatable ? this.breakers.ask(job.account, once) : this.breakers.send(job.account, once);
  }

  /** What the provider asks for, within what is granted to providers. */
  private granted(failed: Pick<FailedAttempt, 'error' | 'attempt' | 'consecutiveRateLimits'>): number {
    return Math.min(retryAfterOf(failed), this.config.retry.longestRestMs);
  }

  private meetLimit({ account }: ExecutionRequest, error: ButtonMessagingError): number {
    if (!(error instanceof RateLimitedError) || error.lasts === undefined) return 1;
    return this.consecutiveRateLimits.meet(account.name, (limitsInRow) =>
      this.granted({ error, attempt: 1, consecutiveRateLimits: limitsInRow }),
    );
  }

  private noteWait({ job, facts }: Run<unknown>): void {
    this.telemetry.pacedWait(facts);
    this.logger.debug(
      () => `${job.operation} of account ${job.account.name} had to wait for its turn.`,
      () => requestLogFields(job),
    );
  }

  // A store that fails changes nothing of what became of the message, and must not hide it.
  private async pause(job: ExecutionRequest, error: RateLimitedError, forMs: number): Promise<void> {
    try {
      await this.pacer.pause(job.account, job.recipient, error, forMs);
    } catch (failure) {
      const name = failureOf(failure);
      this.logger.error(`The pacing store failed to hold back account ${job.account.name}: ${name}.`, {
        ...requestLogFields(job),
        error: name,
      });
    }
  }

  /** Waits before the next attempt, unless there is to be none. */
  private async waitForNext(
    failed: FailedAttempt,
    job: ExecutionRequest,
    options: ExecutionOptions,
  ): Promise<'again' | 'over' | 'aborted'> {
    const { error } = failed;
    const { attempts = this.config.retry.attempts } = options;
    const retry = { ...this.config.retry, attempts };
    const waitMs = error instanceof BreakerOpenError ? undefined : retryDelay(failed, retry);
    // Without a status it is our own pacing that refused: its buckets know.
    if (error instanceof RateLimitedError && error.status !== undefined) {
      await this.pause(job, error, waitMs ?? this.granted(failed));
    }
    if (waitMs === undefined) return 'over';
    const what = `${job.operation} of account ${job.account.name}`;
    const next = `next attempt in ${Math.round(waitMs)} ms`;
    this.logger.warn(`${what}: attempt ${failed.attempt} failed (${error.outcome}), ${next}: ${loggedError(error)}`, {
      ...fieldsOf(error),
      ...requestLogFields(job),
      attempts: failed.attempt,
    });
    return (await delay(waitMs, options.signal, this.shutdown.signal)) ? 'again' : 'aborted';
  }
}

/** Says how long to wait: also where the provider did not, but its rules do; and no longer than is waited. */
function withWait(error: ButtonMessagingError, askedMs: number): ButtonMessagingError {
  const isLimit = error instanceof RateLimitedError && askedMs > 0;
  if (!isLimit && error.retryAfterMs === undefined) return error;
  return Object.assign(error, { retryAfterMs: askedMs });
}

function abortedWhileWaiting(job: ExecutionRequest): SendAbortedError {
  const what = job.repeatable ? `call ${job.operation}` : 'send';
  return new SendAbortedError(
    `The ${what} was aborted while it waited for its next attempt`,
    'not-sent',
    requestDetails(job),
  );
}
