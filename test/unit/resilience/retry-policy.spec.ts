import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { Deadline } from '../../../lib/async/deadline.js';
import type { RetryOptions } from '../../../lib/config/button-messaging-options.interface.js';
import {
  AuthenticationError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  SendAbortedError,
  UnknownOutcomeError,
} from '../../../lib/errors/index.js';
import { type FailedAttempt, retryAfterOf, retryDelay } from '../../../lib/resilience/retry-policy.js';

const OPTIONS: Required<RetryOptions> = {
  attempts: 3,
  baseDelayMs: 100,
  maxDelayMs: 1_000,
  unknownOutcome: 'report',
  longestRestMs: 3_600_000,
};
const UNAVAILABLE = new ProviderUnavailableError('Down');
const UNKNOWN = new UnknownOutcomeError('Lost');

const failed = (more: Partial<FailedAttempt> = {}): FailedAttempt => ({
  error: UNAVAILABLE,
  attempt: 1,
  repeatable: false,
  deadline: new Deadline(),
  ...more,
});
/** Returns the longest wait, without jitter. */
const longest = (given: FailedAttempt, options = OPTIONS) => {
  jest.spyOn(Math, 'random').mockReturnValue(1);
  return retryDelay(given, options);
};

afterEach(() => {
  jest.restoreAllMocks();
});

describe('retryDelay: whether to retry', () => {
  it.each<[what: string, given: Partial<FailedAttempt>, options: Partial<RetryOptions>, again: boolean]>([
    ['retries an unavailable provider', {}, {}, true],
    ['retries a rate limit', { error: new RateLimitedError('Slow') }, {}, true],
    ['does not retry a rejection', { error: new ProviderRejectedError('No') }, {}, false],
    ['does not retry invalid credentials', { error: new AuthenticationError('No') }, {}, false],
    ['does not retry a rejected read', { error: new ProviderRejectedError('No'), repeatable: true }, {}, false],
    ['does not retry an unknown outcome', { error: UNKNOWN }, {}, false],
    [
      'retries an unknown outcome with unknownOutcome: "resend"',
      { error: UNKNOWN },
      { unknownOutcome: 'resend' },
      true,
    ],
    ['retries a read with unknown outcome', { error: UNKNOWN, repeatable: true }, {}, true],
    [
      'does not retry a send aborted before the request',
      { error: new SendAbortedError('Stop', 'not-sent') },
      {},
      false,
    ],
    [
      'does not retry an aborted send that is repeatable',
      { error: new SendAbortedError('Stop', 'unknown'), repeatable: true },
      { unknownOutcome: 'resend' },
      false,
    ],
    ['retries after the last attempt but one', { attempt: 2 }, {}, true],
    ['does not retry after the last attempt', { attempt: 3 }, {}, false],
    ['does not retry past the last attempt', { attempt: 4 }, {}, false],
    ['does not retry when attempts is 1', {}, { attempts: 1 }, false],
  ])('%s', (_what, given, options, again) => {
    expect(retryDelay(failed(given), { ...OPTIONS, ...options }) !== undefined).toBe(again);
  });

  it('never retries an unknown outcome by default', () => {
    const arbitrary = fc.record({
      attempt: fc.integer({ min: 1, max: 9 }),
      retryAfterMs: fc.option(fc.nat(5_000), { nil: undefined }),
      attempts: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ attempt, retryAfterMs, attempts }) => {
        const error = new UnknownOutcomeError('Lost', { retryAfterMs });
        expect(retryDelay(failed({ error, attempt }), { ...OPTIONS, attempts })).toBeUndefined();
      }),
    );
  });
});

describe('retryDelay: how long to wait', () => {
  it.each([
    [1, 100],
    [2, 200],
    [3, 400],
    [4, 800],
    [5, 1_000],
    [9, 1_000],
  ])('waits after attempt %i at most %i ms', (attempt, ms) => {
    expect(longest(failed({ attempt }), { ...OPTIONS, attempts: 10 })).toBe(ms);
  });

  it('applies jitter to the whole wait', () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.25);
    expect(retryDelay(failed({ attempt: 2 }), OPTIONS)).toBe(50);
  });

  it('waits for Retry-After when it is longer than the backoff', () => {
    const error = new ProviderUnavailableError('Down', { retryAfterMs: 700 });
    expect(longest(failed({ error }))).toBe(700);
    expect(longest(failed({ error: new ProviderUnavailableError('Down', { retryAfterMs: 7 }) }))).toBe(100);
  });

  it.each([
    [1_000, 1_000],
    [1_001, undefined],
  ])('turns a Retry-After of %i ms without a deadline into %p', (retryAfterMs, expected) => {
    expect(longest(failed({ error: new RateLimitedError('Slow', { retryAfterMs }) }))).toBe(expected);
  });

  it('waits longer than maxDelayMs for Retry-After when the deadline allows it', () => {
    const error = new RateLimitedError('Slow', { retryAfterMs: 5_000 });
    expect(longest(failed({ error, deadline: new Deadline(60_000) }))).toBe(5_000);
    expect(longest(failed({ error, deadline: new Deadline(4_000) }))).toBeUndefined();
  });

  it('does not retry when the wait would exceed the deadline', () => {
    expect(longest(failed({ deadline: new Deadline(60_000) }))).toBe(100);
    expect(longest(failed({ deadline: new Deadline(90) }))).toBeUndefined();
    expect(longest(failed({ deadline: new Deadline(-1) }))).toBeUndefined();
  });

  it('leaves time for the next attempt before the deadline', () => {
    jest.spyOn(performance, 'now').mockReturnValue(0);
    const error = new RateLimitedError('Slow', { retryAfterMs: 500 });
    expect(longest(failed({ error, deadline: new Deadline(500) }))).toBeUndefined();
    expect(longest(failed({ error, deadline: new Deadline(501) }))).toBe(500);
  });

  it('stays between Retry-After and every upper bound', () => {
    const arbitrary = fc.record({
      attempt: fc.integer({ min: 1, max: 4 }),
      retryAfterMs: fc.option(fc.nat(2_000), { nil: undefined }),
      withinMs: fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(arbitrary, ({ attempt, retryAfterMs, withinMs }) => {
        const error = new RateLimitedError('Slow', { retryAfterMs });
        const given = failed({ error, attempt, deadline: new Deadline(withinMs) });
        const wait = retryDelay(given, { ...OPTIONS, attempts: 5 });
        if (wait === undefined) return;
        expect(wait).toBeGreaterThanOrEqual(retryAfterMs ?? 0);
        expect(wait).toBeLessThanOrEqual(Math.max(1_000, retryAfterMs ?? 0));
        expect(wait).toBeLessThan(withinMs ?? Number.POSITIVE_INFINITY);
      }),
    );
  });
});

describe('retryAfterOf', () => {
  it.each<[attempt: number, retryAfterMs: number | undefined, scope: 'account' | 'recipient', ms: number]>([
    [1, undefined, 'account', 0],
    [1, 300, 'account', 300],
    [3, 300, 'account', 300],
    [1, undefined, 'recipient', 1_000],
    [2, undefined, 'recipient', 4_000],
    [3, undefined, 'recipient', 16_000],
    [2, 9_000, 'recipient', 9_000],
    [2, 3_000, 'recipient', 4_000],
  ])('returns after attempt %i, with retryAfterMs %p, for the %s: %i ms', (attempt, retryAfterMs, scope, ms) => {
    expect(retryAfterOf({ error: new RateLimitedError('Slow', { retryAfterMs, scope }), attempt })).toBe(ms);
  });

  it.each([
    [undefined, undefined, 60_000],
    [1, undefined, 60_000],
    [2, undefined, 120_000],
    [4, undefined, 480_000],
    [4, 7_000, 7_000],
  ])('returns for a limit of minutes, met %p times in a row, with %p: %i ms', (limitsInRow, retryAfterMs, ms) => {
    const error = new RateLimitedError('Slow', { lasts: 'minutes', retryAfterMs });
    expect(retryAfterOf({ error, attempt: 1, consecutiveRateLimits: limitsInRow })).toBe(ms);
  });

  it('returns the Retry-After of an unavailable provider', () => {
    const error = new ProviderUnavailableError('Down', { retryAfterMs: 700 });
    expect(retryAfterOf({ error, attempt: 2 })).toBe(700);
  });

  it('limits Retry-After to longestRestMs in retryDelay', () => {
    const error = new RateLimitedError('Slow', { retryAfterMs: 1_000_000 });
    const deadline = new Deadline(2_000_000);
    expect(longest(failed({ error, deadline }), { ...OPTIONS, longestRestMs: 900_000 })).toBe(900_000);
  });

  it('returns 0 for an unavailable provider without Retry-After', () =>
    expect(retryAfterOf({ error: UNAVAILABLE, attempt: 2 })).toBe(0));
});
