import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ButtonMessagingModuleOptions, RateLimitedError, UnknownOutcomeError } from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { cutBody, hangUp, reset, silence } from '../../support/responses.js';
import { TcpServer } from '../../support/tcp-server.js';
import { OpenApps } from '../../support/test-app.js';
import { timed } from '../../support/time.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
let server: FakeProvider;
let other: FakeProvider;
beforeAll(async () => {
  server = await FakeProvider.start();
  other = await FakeProvider.start();
});
afterAll(() => Promise.all([server.close(), other.close()]));
beforeEach(() => {
  server.reset();
  other.reset();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await apps.close();
});

const later = (seconds: number | string, status = 429): FakeResponse => ({
  status,
  headers: { 'Retry-After': String(seconds) },
  body: { error: 'later' },
});

/** Opens an application with one account and very short retry delays. */
function open(given: ButtonMessagingModuleOptions = {}) {
  const retry = { baseDelayMs: 1, ...given.retry };
  return apps.open({ accounts: [zApiAccount(server.url)], breaker: false, ...given, retry });
}

describe('Retries', () => {
  it.each(REGISTRATIONS)(
    'retries a rate limit and an unavailable provider (registered by %s)',
    async (_name, register) => {
      server.next(later(0), later(0, 503));
      const accounts = [zApiAccount(server.url)];
      const { messaging } = await apps.open({ accounts, retry: { baseDelayMs: 1 } }, { register });
      expect(await messaging.send(messageTo())).toMatchObject({ attempts: 3, messageId: 'MESSAGE1' });
      expect(server.requests).toHaveLength(3);
      expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
    },
  );

  it('retries the calls of a provider service', async () => {
    server.next(later(0), later(0, 503));
    const { zApi } = await open();
    expect(await zApi.sendText({ phone: phoneOf(0), message: 'Hello' })).toMatchObject({ messageId: 'MESSAGE1' });
    expect(server.requests).toHaveLength(3);
  });

  it.each([1, 2, 5])('stops after %i attempts with the last error', async (attempts) => {
    server.always(later(0));
    const { messaging } = await open({ retry: { attempts } });
    expect(await errorOf(messaging.send(messageTo()))).toBeInstanceOf(RateLimitedError);
    expect(server.requests).toHaveLength(attempts);
  });

  it('does not retry a rejection', async () => {
    server.always({ status: 400, body: { error: 'bad' } });
    const { messaging } = await open({ retry: { attempts: 5 } });
    await errorOf(messaging.send(messageTo()));
    expect(server.requests).toHaveLength(1);
  });

  it('retries a connection that was never made', async () => {
    const raw = await TcpServer.silent();
    const accounts = [zApiAccount(raw.tlsUrl)];
    const { messaging } = await open({ accounts, http: { timeoutMs: 200 }, retry: { attempts: 2 } });
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo())));
    await raw.close();
    expect(error.code).toBe('provider-unavailable');
    expect(ms).toBeGreaterThanOrEqual(395);
  });
});

describe('Retry-After', () => {
  it('is the exact wait when it is longer than the backoff', async () => {
    server.next(later(2));
    const { messaging } = await open({ retry: { baseDelayMs: 1900 } });
    // Mocked after startup, because Nest creates IDs with it.
    jest.spyOn(Math, 'random').mockReturnValue(0.999);
    const { ms } = await timed(() => messaging.send(messageTo()));
    expect(ms).toBeGreaterThanOrEqual(2000);
    expect(ms).toBeLessThan(3300);
    expect(server.requests).toHaveLength(2);
  });

  it('applies to each of many concurrent sends in a 503', async () => {
    server.next(...Array.from({ length: 12 }, () => later(1, 503)));
    const { messaging } = await open({ retry: { baseDelayMs: 990 } });
    const waits = await Promise.all(
      Array.from({ length: 12 }, (_, index) => timed(() => messaging.send(messageTo(phoneOf(index))))),
    );
    expect(Math.min(...waits.map(({ ms }) => ms))).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...waits.map(({ ms }) => ms))).toBeLessThan(1900);
  });

  it('does not shorten a longer backoff', async () => {
    server.next(later(0));
    const { messaging } = await open({ retry: { baseDelayMs: 1000 } });
    // Mocked after startup, because Nest creates IDs with it.
    jest.spyOn(Math, 'random').mockReturnValue(0.9);
    const { ms } = await timed(() => messaging.send(messageTo()));
    expect(ms).toBeGreaterThanOrEqual(899);
    expect(ms).toBeLessThan(3000);
  });

  it.each([429, 503])('is read as a date (%i)', async (status) => {
    const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
    server.next(later(date.toUTCString(), status));
    const { messaging } = await open();
    await messaging.send(messageTo());
    expect(Date.now()).toBeGreaterThanOrEqual(date.getTime());
    expect(Date.now()).toBeLessThan(date.getTime() + 2000);
    expect(server.requests).toHaveLength(2);
  });

  it('causes no wait when it is a past date', async () => {
    server.next(later('Wed, 21 Oct 2015 07:28:00 GMT'));
    const { messaging } = await open();
    const { ms } = await timed(() => messaging.send(messageTo()));
    expect(ms).toBeLessThan(2000);
  });

  it('fails at once beyond the deadline and reports the wait, at most an hour', async () => {
    server.always(later(86_400));
    const { messaging } = await open();
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo(), { deadlineMs: 5000 })));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ outcome: 'not-sent', retryable: true, retryAfterMs: 3_600_000 });
    expect(ms).toBeLessThan(2000);
    expect(server.requests).toHaveLength(1);
  });

  it('fails at once when it is a date beyond the deadline', async () => {
    server.always(later(new Date(Date.now() + 3_600_000).toUTCString()));
    const { messaging } = await open();
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo(), { deadlineMs: 5000 })));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error.retryAfterMs).toBeGreaterThan(3_590_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(3_600_000);
    expect(ms).toBeLessThan(2000);
  });

  it.each<[string, number, number | undefined]>([
    ['default', 11, undefined],
    ['configured', 3, 500],
  ])('fails at once beyond the %s maxDelayMs without a deadline', async (_name, seconds, maxDelayMs) => {
    server.always(later(seconds));
    const { messaging } = await open({ retry: maxDelayMs === undefined ? {} : { maxDelayMs } });
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo())));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ outcome: 'not-sent', retryAfterMs: seconds * 1000 });
    expect(ms).toBeLessThan(2_900);
    expect(server.requests).toHaveLength(1);
  });

  it('may exceed maxDelayMs when the deadline allows it', async () => {
    server.next(later(1));
    const { messaging } = await open({ retry: { maxDelayMs: 200 } });
    const { ms } = await timed(() => messaging.send(messageTo(), { deadlineMs: 20_000 }));
    expect(ms).toBeGreaterThanOrEqual(1000);
    expect(server.requests).toHaveLength(2);
  });

  it('fails at once in a 503 beyond the deadline', async () => {
    server.always(later(86_400, 503));
    const { messaging } = await open();
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo(), { deadlineMs: 5000 })));
    expect(error).toMatchObject({ outcome: 'not-sent', retryAfterMs: 3_600_000 });
    expect(ms).toBeLessThan(2000);
    expect(server.requests).toHaveLength(1);
  });

  it('is reported after the last attempt', async () => {
    server.always(later(7));
    const { messaging } = await open({ retry: { attempts: 1 } });
    expect(await errorOf(messaging.send(messageTo()))).toMatchObject({ code: 'rate-limited', retryAfterMs: 7000 });
  });
});

describe('Unknown outcome', () => {
  const http = { timeoutMs: 300 };
  const resend = { unknownOutcome: 'resend' } as const;
  const unknowns: [string, FakeResponse][] = [
    ['a reset connection', reset],
    ['a truncated response', cutBody],
    ['a 500', { status: 500 }],
    ['a timeout', silence],
    ['a 200 without IDs', { body: {} }],
  ];

  it.each(unknowns)('is not retried by default: %s', async (_name, reply) => {
    server.next(reply);
    const { messaging } = await open({ http, retry: { attempts: 5 } });
    expect(await errorOf(messaging.send(messageTo()))).toBeInstanceOf(UnknownOutcomeError);
    expect(server.requests).toHaveLength(1);
  });

  it('is not retried after an earlier retry', async () => {
    server.next(later(0), reset);
    const { messaging } = await open();
    expect(await errorOf(messaging.send(messageTo()))).toBeInstanceOf(UnknownOutcomeError);
    expect(server.requests).toHaveLength(2);
  });

  it('does not fail over to another account', async () => {
    server.always(reset);
    const accounts = [zApiAccount(server.url, { name: 'a' }), zApiAccount(other.url, { name: 'b' })];
    const { messaging } = await open({ accounts });
    const error = await errorOf(messaging.send(messageTo(), { via: ['a', 'b'] }));
    expect(error).toMatchObject({ outcome: 'unknown', account: 'a' });
    expect(other.requests).toHaveLength(0);
  });

  it.each(unknowns)('is retried with unknownOutcome: "resend": %s', async (_name, reply) => {
    server.next(reply);
    const { messaging } = await open({ http, retry: resend });
    expect(await messaging.send(messageTo())).toMatchObject({ attempts: 2 });
    expect(server.requests).toHaveLength(2);
  });

  it('is reported when every attempt ends with it', async () => {
    server.always(reset);
    const { messaging } = await open({ retry: resend });
    expect(await errorOf(messaging.send(messageTo()))).toBeInstanceOf(UnknownOutcomeError);
    expect(server.requests).toHaveLength(3);
  });

  it.each<[string, FakeResponse]>([
    ['a rejection', { status: 400, body: { error: 'bad' } }],
    ['rejected credentials', { status: 400, body: { error: 'Instance not found' } }],
    ['a rate limit', later(0)],
    ['a rate limit of a day', later(86_400)],
    ['a 503 with Retry-After', later(0, 503)],
  ])('is reported even if the next attempt ends with %s', async (_name, reply) => {
    server.next(hangUp).always(reply);
    const accounts = [zApiAccount(server.url, { name: 'a' }), zApiAccount(other.url, { name: 'b' })];
    const { messaging } = await open({ accounts, retry: resend });
    const error = await errorOf(messaging.send(messageTo(), { via: ['a', 'b'], deadlineMs: 5000 }));
    expect(error.outcome).toBe('unknown');
    expect(other.requests).toHaveLength(0);
  });

  it('is reported even if the caller aborts the wait for the next attempt', async () => {
    const controller = new AbortController();
    server.next(hangUp).always((_request, response) => {
      response.writeHead(503, { 'Retry-After': '5' }).end('{}', () => setImmediate(() => controller.abort()));
    });
    const { messaging } = await open({ retry: resend });
    const error = await errorOf(messaging.send(messageTo(), { signal: controller.signal }));
    expect(error.outcome).toBe('unknown');
    expect(server.requests).toHaveLength(2);
  });

  it('is reported even if the provider is unreachable afterwards', async () => {
    const leaving = await FakeProvider.start();
    leaving.always((_request, _response, socket) => {
      socket.destroy();
      void leaving.close();
    });
    const { messaging } = await open({ accounts: [zApiAccount(leaving.url)], retry: { ...resend, baseDelayMs: 50 } });
    expect((await errorOf(messaging.send(messageTo()))).outcome).toBe('unknown');
    expect(leaving.requests).toHaveLength(1);
  });
});
