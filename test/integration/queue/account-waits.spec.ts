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

describe('The waits of an account', () => {
  let waits: AccountWaits;
  let told: QueueAccountEvent[];
  const lines: string[] = [];

  beforeEach(() => {
    jest.useFakeTimers();
    const events = new QueueEventStream(false, () => ({ error: () => {} }));
    told = [];
    lines.length = 0;
    events.accounts$.subscribe((event) => told.push(event));
    const line = (text: string) => lines.push(text);
    waits = new AccountWaits(events, () => new MessagingLogger({ log: line, warn: line, error: line, debug: line }));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('let everything pass while nothing fails', () => {
    expect(waits.admit(['a'])).toBe(0);
    waits.succeed('a');
    expect(told).toEqual([]);
  });

  it('leave the message to its own fate where the failure is about the message', () => {
    expect(waits.fail('a', new UnsupportedError(), 1)).toBeUndefined();
  });

  it('hold only the message, for one failure, and the account from the fifth in a row on', () => {
    for (let failure = 1; failure <= 4; failure += 1) expect(waits.fail('a', refused(), failure)).toBeGreaterThan(0);
    expect(waits.admit(['a'])).toBe(0);
    waits.fail('a', refused(), 5);
    expect(waits.admit(['a'])).toBeGreaterThan(0);
    expect(waits.admit(['b'])).toBe(0);
    expect(waits.admit(['a', 'b'])).toBe(0);
    expect(told).toMatchObject([{ kind: 'unavailable', account: 'a', error: { code: 'authentication' } }]);
    expect(lines).toHaveLength(1);
  });

  it('let one message try when the wait is over, and after it all or none', () => {
    waits.fail('a', open(1_000), 1);
    jest.advanceTimersByTime(1_000);
    expect(waits.admit(['a'])).toBe(0);
    expect(waits.admit(['a'])).toBeGreaterThan(0);
    waits.succeed('a');
    expect(waits.admit(['a'])).toBe(0);
    expect(waits.admit(['a'])).toBe(0);
    expect(told.map(({ kind }) => kind)).toEqual(['unavailable', 'available']);
  });

  it('grow to half a minute, however many messages tell of the same failure', () => {
    const pauses: number[] = [];
    for (let round = 1; round <= 8; round += 1) {
      for (let message = 1; message <= 20; message += 1) waits.fail('a', new UnknownProvider(), message);
      const pause = waits.admit(['a']);
      pauses.push(pause);
      jest.advanceTimersByTime(pause);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('go on where nobody knows what became of the try', () => {
    waits.fail('a', open(1_000), 1);
    jest.advanceTimersByTime(1_000);
    expect(waits.admit(['a'])).toBe(0);
    waits.missAnswer('a', refused());
    expect(waits.admit(['a'])).toBe(2_000);
  });

  it('look again after half a minute at an account that rests for longer: its rest may be ended', () => {
    waits.fail('a', open(3_600_000), 1);
    expect(waits.admit(['a'])).toBe(30_000);
  });

  it('say so once a minute', () => {
    for (let second = 0; second < 119; second += 1) {
      waits.fail('a', open(1_000), 1);
      jest.advanceTimersByTime(1_000);
    }
    expect(lines).toHaveLength(2);
  });

  it('are short for an account that is not known here: another application may know it', () => {
    for (let round = 1; round <= 5; round += 1) {
      waits.fail('a', new UnknownAccountError('There is no account "a".', []), round);
      jest.advanceTimersByTime(waits.admit(['a']));
    }
    waits.fail('a', new UnknownAccountError('There is no account "a".', []), 6);
    expect(waits.admit(['a'])).toBe(2_000);
  });

  it('wait for a turn without a word, and spread those that wait for it', () => {
    const limit = new RateLimitedError('too late', { provider: 'z-api', account: 'a', retryAfterMs: 500 });
    expect(waits.fail('a', limit, 1)).toBe(500);
    expect(waits.admit(['a'])).toBe(500);
    const backAt = Array.from({ length: 20 }, () => waits.comesBackAt('a', 500) - Date.now());
    expect(backAt).toEqual(Array.from({ length: 20 }, (_, index) => 500 + index * 500));
    expect(Math.max(...Array.from({ length: 1_000 }, () => waits.comesBackAt('a', 500) - Date.now()))).toBeLessThan(
      61_000,
    );
    jest.advanceTimersByTime(500);
    expect(waits.admit(['a'])).toBe(0);
    expect(waits.admit(['a'])).toBe(0);
    expect([told, lines]).toEqual([[], []]);
  });

  it('hold only the message where the limit is that of its recipient', () => {
    const limit = new RateLimitedError('pair', { account: 'a', scope: 'recipient', retryAfterMs: 4_000 });
    expect(waits.fail('a', limit, 1)).toBe(4_000);
    expect(waits.admit(['a'])).toBe(0);
  });
});

/** A provider that cannot be reached. */
class UnknownProvider extends ProviderUnavailableError {
  constructor() {
    super('away', { provider: 'z-api', account: 'a' });
  }
}

/** Something about the message. */
class UnsupportedError extends ProviderUnavailableError {
  constructor() {
    super('bad', { provider: 'z-api', account: 'a', category: 'request' });
  }
}
