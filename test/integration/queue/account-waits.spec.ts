import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  AuthenticationError,
  ProviderUnavailableError,
  RateLimitedError,
  UnknownAccountError,
} from '../../../lib/index.js';
import { AccountWaits } from '../../../lib/queue/account-waits.js';
import type { QueueAccountEvent } from '../../../lib/queue/index.js';
import { QueueEventStream } from '../../../lib/queue/queue-event.stream.js';
import { BreakerOpenError } from '../../../lib/resilience/breaker-open.error.js';
import { MessagingLogger } from '../../../lib/telemetry/messaging.logger.js';

const refused = () => new AuthenticationError('refused', { provider: 'z-api', account: 'a', status: 401 });
const open = (retryAfterMs = 10_000) => new BreakerOpenError('open', { provider: 'z-api', account: 'a', retryAfterMs });

describe('AccountWaits', () => {
  let waits: AccountWaits;
  let told: QueueAccountEvent[];
  const lines: string[] = [];

  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    lines.length = 0;
    const line = (text: string) => lines.push(text);
    const core = { logger: new MessagingLogger({ log: line, warn: line, error: line, debug: line }) };
    const events = new QueueEventStream({ events: 'process', engine: { kind: 'embedded' } }, core);
    events.accounts$.subscribe((event) => told.push(event));
    waits = new AccountWaits(events, core);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('admits every message while nothing fails', () => {
    expect(waits.admit(['a'])).toBe(0);
    waits.succeed('a');
    expect(told).toEqual([]);
  });

  it('returns no wait for a failure that concerns only the message', () => {
    expect(waits.fail('a', new UnsupportedError(), 1)).toBeUndefined();
  });

  it('delays the failed message, and the account from the fifth failure in a row', () => {
    for (let failure = 1; failure <= 4; failure += 1) expect(waits.fail('a', refused(), failure)).toBeGreaterThan(0);
    expect(waits.admit(['a'])).toBe(0);
    waits.fail('a', refused(), 5);
    expect(waits.admit(['a'])).toBeGreaterThan(0);
    expect(waits.admit(['b'])).toBe(0);
    expect(waits.admit(['a', 'b'])).toBe(0);
    expect(told).toMatchObject([{ kind: 'unavailable', account: 'a', error: { code: 'authentication' } }]);
    expect(lines).toHaveLength(1);
  });

  it('admits one trial message after the wait, and all after it succeeded', () => {
    waits.fail('a', open(1_000), 1);
    jest.advanceTimersByTime(1_000);
    expect(waits.admit(['a'])).toBe(0);
    expect(waits.admit(['a'])).toBeGreaterThan(0);
    waits.succeed('a');
    expect(waits.admit(['a'])).toBe(0);
    expect(waits.admit(['a'])).toBe(0);
    expect(told.map(({ kind }) => kind)).toEqual(['unavailable', 'available']);
  });

  it('doubles the wait up to 30 s whatever the number of failing messages', () => {
    const pauses: number[] = [];
    for (let round = 1; round <= 8; round += 1) {
      for (let message = 1; message <= 20; message += 1) waits.fail('a', new UnknownProvider(), message);
      const pause = waits.admit(['a']);
      pauses.push(pause);
      jest.advanceTimersByTime(pause);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('continues the wait when the outcome of the trial message is unknown', () => {
    waits.fail('a', open(1_000), 1);
    jest.advanceTimersByTime(1_000);
    expect(waits.admit(['a'])).toBe(0);
    waits.missResponse('a', refused());
    expect(waits.admit(['a'])).toBe(2_000);
  });

  it('tries an account again after 30 s even if it asks for a longer wait', () => {
    waits.fail('a', open(3_600_000), 1);
    expect(waits.admit(['a'])).toBe(30_000);
  });

  it('logs an unavailable account once per minute', () => {
    for (let second = 0; second < 119; second += 1) {
      waits.fail('a', open(1_000), 1);
      jest.advanceTimersByTime(1_000);
    }
    expect(lines).toHaveLength(2);
  });

  it('keeps the wait for an unknown account short', () => {
    for (let round = 1; round <= 5; round += 1) {
      waits.fail('a', new UnknownAccountError('There is no account "a".', []), round);
      jest.advanceTimersByTime(waits.admit(['a']));
    }
    waits.fail('a', new UnknownAccountError('There is no account "a".', []), 6);
    expect(waits.admit(['a'])).toBe(2_000);
  });

  it('spreads rate-limited messages without an event or a log line', () => {
    const limit = new RateLimitedError('too late', { provider: 'z-api', account: 'a', retryAfterMs: 500 });
    expect(waits.fail('a', limit, 1)).toBe(500);
    expect(waits.admit(['a'])).toBe(500);
    const backAt = Array.from({ length: 20 }, () => waits.nextAt('a', 500) - Date.now());
    expect(backAt).toEqual(Array.from({ length: 20 }, (_, index) => 500 + index * 500));
    expect(Math.max(...Array.from({ length: 1_000 }, () => waits.nextAt('a', 500) - Date.now()))).toBeLessThan(61_000);
    jest.advanceTimersByTime(500);
    expect(waits.admit(['a'])).toBe(0);
    expect(waits.admit(['a'])).toBe(0);
    expect([told, lines]).toEqual([[], []]);
  });

  it('delays only the message when the rate limit is of its recipient', () => {
    const limit = new RateLimitedError('pair', { account: 'a', scope: 'recipient', retryAfterMs: 4_000 });
    expect(waits.fail('a', limit, 1)).toBe(4_000);
    expect(waits.admit(['a'])).toBe(0);
  });
});

/** An error of an unreachable provider. */
class UnknownProvider extends ProviderUnavailableError {
  constructor() {
    super('away', { provider: 'z-api', account: 'a' });
  }
}

/** An error that concerns only the message. */
class UnsupportedError extends ProviderUnavailableError {
  constructor() {
    super('bad', { provider: 'z-api', account: 'a', category: 'request' });
  }
}
