import type { Deadline } from '../async/deadline.js';
import type { RetryOptions } from '../config/button-messaging-options.interface.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { SendAbortedError } from '../errors/outcome.errors.js';
import { RateLimitedError } from '../errors/provider.errors.js';

const MINUTE_MS = 60_000;

/** What decides whether an attempt is retried. */
export interface FailedAttempt {
  error: ButtonMessagingError;
  /** The number of the attempt, from 1. */
  attempt: number;
  /** How often the account met a rate limit of minutes without a success in between. @default 1 */
  consecutiveRateLimits?: number | undefined;
  /** Whether the request may be repeated after any outcome, as reads may. */
  repeatable: boolean;
  deadline: Deadline;
}

/** Returns the delay before the next attempt in milliseconds, or undefined if there is none. */
export function retryDelay(failed: FailedAttempt, options: Required<RetryOptions>): number | undefined {
  if (failed.attempt >= options.attempts || !mayRepeat(failed, options)) return undefined;
  const asked = Math.min(retryAfterOf(failed), options.longestRestMs);
  const longest = failed.deadline.isSet ? failed.deadline.remainingMs() : options.maxDelayMs;
  if (asked > longest) return undefined;
  const waitMs = Math.max(backoff(failed.attempt, options), asked);
  return waitMs < failed.deadline.remainingMs() ? waitMs : undefined;
}

function mayRepeat({ error, repeatable }: FailedAttempt, options: Required<RetryOptions>): boolean {
  if (error instanceof SendAbortedError) return false;
  if (error.outcome === 'unknown') return repeatable || options.unknownOutcome === 'resend';
  return error.retryable;
}

/**
 * Returns the wait that the provider requests, in milliseconds.
 *
 * Meta's pair rate limit requires 4^n seconds, with n from 0. A rate limit of minutes takes one minute, which doubles each
 * time that the account meets it.
 *
 * @see {@link https://developers.facebook.com/docs/whatsapp/cloud-api/overview}
 */
export function retryAfterOf({
  error,
  attempt,
  consecutiveRateLimits = 1,
}: Pick<FailedAttempt, 'error' | 'attempt' | 'consecutiveRateLimits'>): number {
  if (!(error instanceof RateLimitedError)) return error.retryAfterMs ?? 0;
  if (error.lasts === 'minutes' && error.retryAfterMs === undefined)
    return MINUTE_MS * 2 ** (consecutiveRateLimits - 1);
  const pairLimit = error.scope === 'recipient' ? 4 ** (attempt - 1) * 1_000 : 0;
  return Math.max(error.retryAfterMs ?? 0, pairLimit);
}

/** Exponential backoff with full jitter. */
function backoff(attempt: number, options: Required<RetryOptions>): number {
  return Math.random() * Math.min(options.maxDelayMs, options.baseDelayMs * 2 ** (attempt - 1));
}
