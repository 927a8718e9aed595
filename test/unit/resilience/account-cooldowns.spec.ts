import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ProviderRejectedError, ProviderUnavailableError, SubscriptionError } from '../../../lib/errors/index.js';
import { AccountCooldowns } from '../../../lib/resilience/account-cooldowns.js';
import { BreakerOpenError } from '../../../lib/resilience/breaker-open.error.js';
import { MessagingLogger } from '../../../lib/telemetry/messaging.logger.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { deferred } from '../../support/time.js';

const Z = { name: 'z', provider: 'z-api' };
const COOL_DOWN_MS = 10_000;
const UNPAID = new SubscriptionError('Unpaid');

describe('AccountCooldowns', () => {
  let log: RecordingLogger;
  let cooldowns: AccountCooldowns;
  let asked: number;

  beforeEach(() => {
    // Rests last minutes.
    jest.useFakeTimers();
    log = new RecordingLogger();
    const limits = { failures: 2, coolDownMs: COOL_DOWN_MS, longestMs: 8 * COOL_DOWN_MS };
    cooldowns = new AccountCooldowns(limits, new MessagingLogger(log));
    asked = 0;
  });
  afterEach(() => void jest.useRealTimers());

  const pass = (ms: number) => jest.advanceTimersByTime(ms);
  const succeed = (account = Z) =>
    cooldowns.run(account, async () => {
      asked += 1;
    });
  const fail = (error: unknown = UNPAID) => {
    const failing = cooldowns.run(Z, async () => {
      asked += 1;
      throw error;
    });
    return failing.catch((reason: unknown) => reason);
  };
  /** Returns the remaining rest in milliseconds, or undefined without a rest. */
  const rest = () => {
    try {
      cooldowns.rejectIfOpen(Z);
    } catch (error) {
      return error instanceof BreakerOpenError ? error.retryAfterMs : 'failed in another way';
    }
    return undefined;
  };
  const refuseTwice = async () => {
    for (let count = 0; count < 2; count += 1) expect(await fail()).toBe(UNPAID);
  };

  it('cooldowns after repeated rejections and reports the category and the wait', async () => {
    expect(await fail()).toBe(UNPAID);
    expect(rest()).toBeUndefined();
    expect(await fail()).toBe(UNPAID);
    expect(rest()).toBe(COOL_DOWN_MS);
    expect(await fail()).toMatchObject({
      code: 'provider-unavailable',
      outcome: 'not-sent',
      account: 'z',
      provider: 'z-api',
      category: 'payment',
      retryAfterMs: COOL_DOWN_MS,
    });
    expect(asked).toBe(2);
    expect(log.lines).toEqual(['Circuit breaker opened for account z for 10 s: all messages are rejected (payment).']);
    await succeed({ name: 'y', provider: 'z-api' });
    expect(asked).toBe(3);
  });

  it('doubles the rest each time, up to the maximum', async () => {
    await refuseTwice();
    for (const longer of [2, 4, 8, 8]) {
      pass(rest() === undefined ? 0 : Number(rest()));
      expect(rest()).toBeUndefined();
      expect(await fail()).toBe(UNPAID);
      expect(rest()).toBe(longer * COOL_DOWN_MS);
    }
  });

  it('tries one request after the rest and resumes when it succeeds', async () => {
    await refuseTwice();
    pass(COOL_DOWN_MS);
    const answer = deferred();
    const trying = cooldowns.run(Z, () => answer.promise);
    expect(await fail()).toMatchObject({ code: 'provider-unavailable', retryAfterMs: COOL_DOWN_MS });
    expect(asked).toBe(2);
    answer.resolve();
    await trying;
    await Promise.all([succeed(), succeed()]);
    expect(asked).toBe(4);
    // The count starts again, and the next rest is the shortest.
    expect(await fail()).toBe(UNPAID);
    expect(rest()).toBeUndefined();
    expect(await fail()).toBe(UNPAID);
    expect(rest()).toBe(COOL_DOWN_MS);
  });

  it.each([
    ['an unknown recipient', new ProviderRejectedError('No', { category: 'recipient' })],
    ['an unavailable provider', new ProviderUnavailableError('Down')],
    ['an error of another class', new Error('x')],
  ])('does not rest after %s and rethrows the error unchanged', async (_what, error) => {
    expect(await fail(error)).toBe(error);
    expect(await fail(error)).toBe(error);
    expect(rest()).toBeUndefined();
  });

  it('tries one request again when the first after the rest fails for another reason', async () => {
    await refuseTwice();
    pass(COOL_DOWN_MS);
    const away = new ProviderUnavailableError('Down');
    expect(await fail(away)).toBe(away);
    expect(await fail()).toBe(UNPAID);
    expect(rest()).toBe(2 * COOL_DOWN_MS);
  });

  it('does not rest when a success comes between two rejections', async () => {
    await fail();
    await succeed();
    await fail();
    expect(rest()).toBeUndefined();
  });

  it('does not extend the rest for rejections of requests started before it', async () => {
    const answer = deferred();
    const early = cooldowns.run(Z, async () => {
      await answer.promise;
      throw UNPAID;
    });
    await refuseTwice();
    pass(1_000);
    answer.resolve();
    await expect(early).rejects.toBe(UNPAID);
    expect(rest()).toBe(COOL_DOWN_MS - 1_000);
  });

  it('ends the rest when end() is called', async () => {
    await refuseTwice();
    cooldowns.end('z');
    expect(rest()).toBeUndefined();
    await succeed();
    expect(asked).toBe(3);
  });

  describe('when a status webhook reports the rejection', () => {
    it('cooldowns at once, six times as long, and only once for repeated statuses', () => {
      cooldowns.openAfterStatus(Z, 'account-restricted');
      expect(rest()).toBe(6 * COOL_DOWN_MS);
      pass(1_000);
      cooldowns.openAfterStatus(Z, 'account-restricted');
      expect(rest()).toBe(6 * COOL_DOWN_MS - 1_000);
      expect(log.lines).toHaveLength(1);
    });

    it('cooldowns longer when another status follows the trial request', async () => {
      cooldowns.openAfterStatus(Z, 'account-restricted');
      pass(6 * COOL_DOWN_MS);
      await succeed();
      cooldowns.openAfterStatus(Z, 'payment');
      expect(rest()).toBe(8 * COOL_DOWN_MS);
      expect(log.lines).toHaveLength(2);
    });

    it('starts with the initial rest again after a long time without rejections', async () => {
      cooldowns.openAfterStatus(Z, 'account-restricted');
      pass(6 * COOL_DOWN_MS);
      await succeed();
      pass(12 * COOL_DOWN_MS + 1);
      cooldowns.openAfterStatus(Z, 'account-restricted');
      expect(rest()).toBe(6 * COOL_DOWN_MS);
    });

    it('starts counting again after a success long after the rest', async () => {
      cooldowns.openAfterStatus(Z, 'account-restricted');
      pass(6 * COOL_DOWN_MS);
      await succeed();
      pass(12 * COOL_DOWN_MS + 1);
      await succeed();
      await fail();
      expect(rest()).toBeUndefined();
    });
  });
});
