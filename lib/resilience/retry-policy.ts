import type { Deadline } from '../async/deadline.js';
import type { RetryOptions } from '../config/button-messaging-options.interface.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { SendAbortedError } from '../errors/outcome.errors.js';
import { RateLimitedError } from '../errors/provider.errors.js';

const MINUTE_MS = 60_000;

/** What decides whether an attempt is followed by another. */
export interface FailedAttempt {
  error: ButtonMessagingError;
  /** Counted from 1. */
  attempt: number;
  /** How often the account met a limit of minutes, with no success between. Default: 1. */
  consecutiveRateLimits?: number | undefined;
  /** Whether repeating does no harm: true of reads. */
  repeatable: boolean;
  deadline: Deadline;
}

/** How long to wait before the next attempt, in milliseconds; undefined where there is to be none. */
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
 * What the provider asks for. Meta's limit for one recipient is to be waited out by 4^n seconds, n from 0; a limit that
 * lasts for minutes by minutes, twice as many each time that it is met again.
 */
export function retryAfterOf({
  error,
  attempt,
  consecutiveRateLimits: limitsInRow = 1,
}: Pick<FailedAttempt, 'error' | 'attempt' | 'consecutiveRateLimits'>): number {
  if (!(error instanceof RateLimitedError)) return error.retryAfterMs ?? 0;
  if (error.lasts === 'minutes' && error.retryAfterMs === undefined) return MINUTE_MS * 2 ** (limitsInRow - 1);
  const pairLimit = error.scope === 'recipient' ? 4 ** (attempt - 1) * 1_000 : 0;
  return Math.max(error.retryAfterMs ?? 0, pairLimit);
}

/** Exponential, with full jitter. */
function backoff(attempt: number, options: Required<RetryOptions>): number {
  return Math.random() * Math.min(options.maxDelayMs, options.baseDelayMs * 2 ** (attempt - 1));
}
