import { setMaxListeners } from 'node:events';
import type { Account } from '../config/account.js';
import type { RetryOptions } from '../config/button-messaging-options.interface.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import { ProviderUnavailableError, RateLimitedError } from '../errors/provider.errors.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { MessagingTelemetry, SendFacts } from '../telemetry/messaging.telemetry.js';
import type { Deadline } from '../time/deadline.js';
import { wait } from '../time/wait.js';
import type { AttemptLimits } from '../transport/attempt.js';
import { BreakerOpenError, type Breakers } from './breakers.js';
import type { Pacer } from './pacing/pacer.js';
import { askedWait, type FailedAttempt, waitBeforeRetry } from './retry.js';

/** One call to a provider, as often as it may be tried. */
export interface DeliveryJob<T> {
  account: Account;
  /** The provider's own name of the call. */
  operation: string;
  /** Whom it concerns, on the wire's own terms; undefined of calls that concern nobody. */
  recipient?: string | undefined;
  /** True of reads: they may be repeated whatever became of them. */
  repeatable: boolean;
  /** One request, and what its answer means. Its errors are `ButtonMessagingError`s. */
  attempt(limits: AttemptLimits): Promise<T>;
}

export interface DeliveryOptions {
  signal?: AbortSignal | undefined;
  /** For one attempt. */
  timeoutMs?: number | undefined;
  deadline: Deadline;
  /** A turn that would come later than in so many milliseconds is refused. */
  turnWithinMs?: number | undefined;
}

export interface Delivered<T> {
  value: T;
  /** How many requests it took. */
  attempts: number;
}

export interface DeliveryDefaults {
  timeoutMs: number;
  retry: Required<RetryOptions>;
}

/**
 * Everything around the attempts: their turn, their breaker, their repetition. The one owner of retrying: only what is
 * known not to be sent is tried again, unless the options or the call itself say that repeating does no harm.
 */
export class Delivery {
  private readonly shutdown = new AbortController();

  constructor(
    private readonly defaults: DeliveryDefaults,
    private readonly pacer: Pacer,
    private readonly breakers: Breakers,
    private readonly telemetry: MessagingTelemetry,
    private readonly logger: MessagingLogger,
  ) {
    // Every send that waits listens to it: many listeners are no leak here.
    setMaxListeners(0, this.shutdown.signal);
  }

  /** Ends all waits: what waits for its turn or for its next attempt fails as not sent. */
  stopWaiting(): void {
    this.shutdown.abort();
  }

  /** Tries until it succeeds or may not be tried again. */
  deliver<T>(job: DeliveryJob<T>, options: DeliveryOptions): Promise<Delivered<T>> {
    const facts = factsOf(job);
    return this.telemetry.send(facts, () => this.tryRepeatedly(job, facts, options));
  }

  private async tryRepeatedly<T>(
    job: DeliveryJob<T>,
    facts: SendFacts,
    options: DeliveryOptions,
  ): Promise<Delivered<T>> {
    let unknown: ButtonMessagingError | undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return { value: await this.tryOnce(job, facts, options, attempt), attempts: attempt };
      } catch (error) {
        if (!(error instanceof ButtonMessagingError)) throw unknown ?? error;
        if (error.outcome === 'unknown') unknown ??= error;
        const failed = { error, attempt, repeatable: job.repeatable, deadline: options.deadline };
        const next = await this.waitForNext(failed, job, options);
        if (next === 'again') continue;
        // Once an attempt may have been accepted, a later refusal does not make the message unsent.
        throw unknown ?? (next === 'aborted' ? abortedWhileWaiting(job) : withAskedWait(failed));
      }
    }
  }

  private async tryOnce<T>(
    job: DeliveryJob<T>,
    facts: SendFacts,
    options: DeliveryOptions,
    attempt: number,
  ): Promise<T> {
    const { account, recipient } = job;
    const { deadline, signal, turnWithinMs } = options;
    const signals = [signal, this.shutdown.signal];
    if (!job.repeatable && (await this.pacer.turn({ account, recipient, deadline, turnWithinMs, signals }))) {
      this.telemetry.pacedWait(facts);
      this.logger.debug(() => `${job.operation} of account ${account.name} had to wait for its turn.`);
    }
    const timeoutMs = Math.min(options.timeoutMs ?? this.defaults.timeoutMs, deadline.remainingMs());
    if (timeoutMs <= 0) {
      throw new ProviderUnavailableError('The deadline passed before the request could leave', detailsOf(job));
    }
    return this.breakers.run(account, () =>
      this.telemetry.attempt(facts, attempt, () => attemptOf(job, { timeoutMs, signal })),
    );
  }

  /** Waits before the next attempt, unless there is to be none. */
  private async waitForNext(
    failed: FailedAttempt,
    job: DeliveryJob<unknown>,
    options: DeliveryOptions,
  ): Promise<'again' | 'over' | 'aborted'> {
    const { error } = failed;
    const waitMs = error instanceof BreakerOpenError ? undefined : waitBeforeRetry(failed, this.defaults.retry);
    // Without a status it is our own pacing that refused: its buckets know.
    if (error instanceof RateLimitedError && error.status !== undefined) {
      await this.pacer.pause(job.account, job.recipient, error, waitMs ?? askedWait(failed));
    }
    if (waitMs === undefined) return 'over';
    const what = `${job.operation} of account ${job.account.name}`;
    const next = `next attempt in ${Math.round(waitMs)} ms`;
    this.logger.warn(`${what}: attempt ${failed.attempt} failed (${error.outcome}), ${next}: ${error.message}`);
    return (await wait(waitMs, options.signal, this.shutdown.signal)) ? 'again' : 'aborted';
  }
}

function attemptOf<T>(job: DeliveryJob<T>, limits: AttemptLimits): Promise<T> {
  return job.attempt(limits).catch((error: unknown) => {
    if (error instanceof ButtonMessagingError) throw error;
    // Something that is no error of ours came up around the request: it may have left.
    throw new UnknownOutcomeError('The answer could not be understood', detailsOf(job));
  });
}

/** Says how long to wait also where the provider did not, but its rules do. */
function withAskedWait(failed: FailedAttempt): ButtonMessagingError {
  const { error } = failed;
  const asked = askedWait(failed);
  if (!(error instanceof RateLimitedError) || error.retryAfterMs !== undefined || asked === 0) return error;
  return new RateLimitedError(error.message, { ...error, retryAfterMs: asked });
}

function abortedWhileWaiting(job: DeliveryJob<unknown>): SendAbortedError {
  return new SendAbortedError('The send was aborted while it waited for its next attempt', 'not-sent', detailsOf(job));
}

function factsOf({ account, operation }: DeliveryJob<unknown>): SendFacts {
  return { provider: account.provider, account: account.name, operation };
}

function detailsOf(job: DeliveryJob<unknown>) {
  return { provider: job.account.provider, account: job.account.name };
}
