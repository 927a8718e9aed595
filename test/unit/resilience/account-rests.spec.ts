import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ProviderRejectedError, ProviderUnavailableError, SubscriptionError } from '../../../lib/errors/index.js';
import { AccountRests } from '../../../lib/resilience/account-rests.js';
import { BreakerOpenError } from '../../../lib/resilience/breaker-open.error.js';
import { MessagingLogger } from '../../../lib/telemetry/messaging.logger.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { deferred } from '../../support/time.js';

const Z = { name: 'z', provider: 'z-api' };
const COOL_DOWN_MS = 10_000;
const UNPAID = new SubscriptionError('Unpaid');

describe('An account', () => {
  let log: RecordingLogger;
  let rests: AccountRests;
  let asked: number;

  beforeEach(() => {
    // Rests are minutes long.
    jest.useFakeTimers();
    log = new RecordingLogger();
    const limits = { failures: 2, coolDownMs: COOL_DOWN_MS, longestMs: 8 * COOL_DOWN_MS };
    rests = new AccountRests(limits, new MessagingLogger(log));
    asked = 0;
  });
  afterEach(() => void jest.useRealTimers());

  const pass = (ms: number) => jest.advanceTimersByTime(ms);
  const succeed = (account = Z) =>
    rests.run(account, async () => {
      asked += 1;
    });
  const fail = (error: unknown = UNPAID) => {
    const failing = rests.run(Z, async () => {
      asked += 1;
      throw error;
    });
    return failing.catch((reason: unknown) => reason);
  };
  /** How long the account still rests; undefined if it does not. */
  const rest = () => {
    try {
      rests.refuseResting(Z);
    } catch (error) {
      return error instanceof BreakerOpenError ? error.retryAfterMs : 'failed in another way';
    }
    return undefined;
  };
  const refuseTwice = async () => {
    for (let count = 0; count < 2; count += 1) expect(await fail()).toBe(UNPAID);
  };

  it('that is refused again and again rests, and says for what and for how long', async () => {
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
    expect(log.lines).toEqual(['Account z is refused whatever it sends (payment); it rests for 10 s.']);
    await succeed({ name: 'y', provider: 'z-api' });
    expect(asked).toBe(3);
  });

  it('rests twice as long each time, and never longer than the longest', async () => {
    await refuseTwice();
    for (const longer of [2, 4, 8, 8]) {
      pass(rest() === undefined ? 0 : Number(rest()));
      expect(rest()).toBeUndefined();
      expect(await fail()).toBe(UNPAID);
      expect(rest()).toBe(longer * COOL_DOWN_MS);
    }
  });

  it('tries with one request after its rest, and goes on after a success', async () => {
    await refuseTwice();
    pass(COOL_DOWN_MS);
    const answer = deferred();
    const trying = rests.run(Z, () => answer.promise);
    expect(await fail()).toMatchObject({ code: 'provider-unavailable', retryAfterMs: COOL_DOWN_MS });
    expect(asked).toBe(2);
    answer.resolve();
    await trying;
    await Promise.all([succeed(), succeed()]);
    expect(asked).toBe(4);
    // All is forgotten: it takes as many refusals again, and the first rest is the shortest.
    expect(await fail()).toBe(UNPAID);
    expect(rest()).toBeUndefined();
    expect(await fail()).toBe(UNPAID);
    expect(rest()).toBe(COOL_DOWN_MS);
  });

  it.each([
    ['the recipient', new ProviderRejectedError('No', { category: 'recipient' })],
    ['a provider that is away', new ProviderUnavailableError('Down')],
    ['no error of ours', new Error('x')],
  ])('that is refused for %s does not rest, and its refusals stay what they were', async (_what, error) => {
    expect(await fail(error)).toBe(error);
    expect(await fail(error)).toBe(error);
    expect(rest()).toBeUndefined();
  });

  it('of which a request fails otherwise after its rest tries again with one', async () => {
    await refuseTwice();
    pass(COOL_DOWN_MS);
    const away = new ProviderUnavailableError('Down');
    expect(await fail(away)).toBe(away);
    expect(await fail()).toBe(UNPAID);
    expect(rest()).toBe(2 * COOL_DOWN_MS);
  });

  it('that succeeds between two refusals does not rest', async () => {
    await fail();
    await succeed();
    await fail();
    expect(rest()).toBeUndefined();
  });

  it('whose earlier requests are refused during its rest does not rest longer', async () => {
    const answer = deferred();
    const early = rests.run(Z, async () => {
      await answer.promise;
      throw UNPAID;
    });
    await refuseTwice();
    pass(1_000);
    answer.resolve();
    await expect(early).rejects.toBe(UNPAID);
    expect(rest()).toBe(COOL_DOWN_MS - 1_000);
  });

  it('ends its rest when its owner says so', async () => {
    await refuseTwice();
    rests.end('z');
    expect(rest()).toBeUndefined();
    await succeed();
    expect(asked).toBe(3);
  });

  describe('of which a status tells', () => {
    it('rests at once, and longer, for what is on its way is not known yet', () => {
      rests.restAfterStatus(Z, 'account-restricted');
      expect(rest()).toBe(6 * COOL_DOWN_MS);
      pass(1_000);
      rests.restAfterStatus(Z, 'account-restricted');
      expect(rest()).toBe(6 * COOL_DOWN_MS - 1_000);
      expect(log.lines).toHaveLength(1);
    });

    it('rests longer if another status comes after the request that tried', async () => {
      rests.restAfterStatus(Z, 'account-restricted');
      pass(6 * COOL_DOWN_MS);
      await succeed();
      rests.restAfterStatus(Z, 'payment');
      expect(rest()).toBe(8 * COOL_DOWN_MS);
      expect(log.lines).toHaveLength(2);
    });

    it('is as new if nothing came for long after its rest', async () => {
      rests.restAfterStatus(Z, 'account-restricted');
      pass(6 * COOL_DOWN_MS);
      await succeed();
      pass(12 * COOL_DOWN_MS + 1);
      rests.restAfterStatus(Z, 'account-restricted');
      expect(rest()).toBe(6 * COOL_DOWN_MS);
    });

    it('is forgotten by a success long after its rest', async () => {
      rests.restAfterStatus(Z, 'account-restricted');
      pass(6 * COOL_DOWN_MS);
      await succeed();
      pass(12 * COOL_DOWN_MS + 1);
      await succeed();
      await fail();
      expect(rest()).toBeUndefined();
    });
  });
});
