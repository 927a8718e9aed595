import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type ButtonMessagingModuleOptions,
  type Pacing,
  RateLimitedError,
  UnknownOutcomeError,
} from '../../../lib/index.js';
import { cloudAccount, zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { acceptedBy, silence } from '../../support/responses.js';
import { closedPort, TcpServer } from '../../support/tcp-server.js';
import { OpenApps } from '../../support/test-app.js';
import { timed, until } from '../../support/time.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
let server: FakeProvider;
let arrivals: { at: number; body: string }[];
beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());
beforeEach(() => {
  arrivals = [];
  server.reset().always(taken(acceptedBy('z-api').body));
});
afterEach(apps.close);

/** Accepts the message and records the arrival time. */
function taken(body: unknown): FakeResponse {
  return (request, response) => {
    arrivals.push({ at: performance.now(), body: request.body });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
}

const open = async (given: ButtonMessagingModuleOptions = {}) =>
  (await apps.open({ accounts: [zApiAccount(server.url)], retry: { baseDelayMs: 1 }, breaker: false, ...given }))
    .messaging;
const paced = (pacing: Pacing) => open({ accounts: [zApiAccount(server.url, { pacing })] });

describe('Pacing of an account', () => {
  it('sends perSecond messages a second', async () => {
    const messaging = await paced({ perSecond: 10, burst: 1 });
    const start = performance.now();
    await Promise.all(Array.from({ length: 6 }, (_, index) => messaging.send(messageTo(phoneOf(index)))));
    arrivals.forEach(({ at }, index) => {
      expect(at - start).toBeGreaterThanOrEqual(index * 100 - 1);
    });
    expect(performance.now() - start).toBeLessThan(2500);
  });

  it('sends a burst at once', async () => {
    const messaging = await paced({ perSecond: 1, burst: 4 });
    const start = performance.now();
    await Promise.all(Array.from({ length: 5 }, (_, index) => messaging.send(messageTo(phoneOf(index)))));
    expect((arrivals[3]?.at ?? 0) - start).toBeLessThan(900);
    expect((arrivals[4]?.at ?? 0) - start).toBeGreaterThanOrEqual(999);
  });

  it('keeps the order of the calls', async () => {
    const messaging = await paced({ perSecond: 20, burst: 1 });
    await Promise.all(
      Array.from({ length: 6 }, (_, index) => messaging.send(messageTo(phoneOf(index), `no. ${index}`))),
    );
    expect(arrivals.map(({ body }) => /no\. (\d)/.exec(body)?.[1])).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('is shared by ButtonMessagingService and the provider services', async () => {
    const accounts = [zApiAccount(server.url, { pacing: { perSecond: 2, burst: 1 } })];
    const { messaging, zApi } = await apps.open({ accounts });
    const { ms } = await timed(() =>
      Promise.all([messaging.send(messageTo()), zApi.sendText({ phone: phoneOf(1), message: 'Hello' })]),
    );
    expect(ms).toBeGreaterThanOrEqual(499);
  });

  it('does not affect another account', async () => {
    const slow = zApiAccount(server.url, { name: 'a', pacing: { perSecond: 0.1, burst: 1 } });
    const messaging = await open({ accounts: [slow, zApiAccount(server.url, { name: 'b' })] });
    await messaging.send(messageTo(), { account: 'a' });
    const { ms } = await timed(() => messaging.send(messageTo(), { account: 'b' }));
    expect(ms).toBeLessThan(2000);
  });

  it('is off by default for Z-API', async () => {
    const messaging = await open();
    const { ms } = await timed(() =>
      Promise.all(Array.from({ length: 100 }, () => messaging.send(messageTo(), { deadlineMs: 5000 }))),
    );
    expect(ms).toBeLessThan(5000);
    expect(arrivals).toHaveLength(100);
  });
});

describe('Pacing of a recipient', () => {
  it('delays only that recipient', async () => {
    const messaging = await paced({ perRecipientPerSecond: 2, burst: 2 });
    const start = performance.now();
    const crowded = Array.from({ length: 5 }, () => messaging.send(messageTo(phoneOf(0))));
    const others = Array.from({ length: 6 }, (_, index) => timed(() => messaging.send(messageTo(phoneOf(index + 1)))));
    for (const { ms } of await Promise.all(others)) expect(ms).toBeLessThan(1_400);
    await Promise.all(crowded);
    const times = arrivals.filter(({ body }) => body.includes(phoneOf(0))).map(({ at }) => at - start);
    expect(times).toHaveLength(5);
    [0, 0, 500, 1_000, 1_500].forEach((least, index) => {
      expect(times[index]).toBeGreaterThanOrEqual(least - 1);
    });
    expect(times[4]).toBeLessThan(3_500);
  });

  it('is by default 45 at once, then one in six seconds, for the Cloud API', async () => {
    server.always(taken(acceptedBy('whatsapp-cloud').body));
    const messaging = await open({ accounts: [cloudAccount(server.url)] });
    await Promise.all(Array.from({ length: 45 }, () => messaging.send(messageTo(), { deadlineMs: 4000 })));
    expect(arrivals).toHaveLength(45);
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo(), { deadlineMs: 1500 })));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ outcome: 'not-sent', scope: 'recipient', account: 'meta' });
    expect(error.retryAfterMs).toBeGreaterThan(1500);
    expect(error.retryAfterMs).toBeLessThanOrEqual(6000);
    expect(ms).toBeLessThan(1200);
    await messaging.send(messageTo(phoneOf(5)), { deadlineMs: 1500 });
    expect(arrivals).toHaveLength(46);
  });
});

describe('Pacing beyond the deadline', () => {
  it('fails at once without a request and reports the wait', async () => {
    const messaging = await paced({ perSecond: 0.2, burst: 1 });
    await messaging.send(messageTo());
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo(), { deadlineMs: 2500 })));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ outcome: 'not-sent', retryable: true, code: 'rate-limited', account: 'zap' });
    expect(error.retryAfterMs).toBeGreaterThan(2500);
    expect(error.retryAfterMs).toBeLessThanOrEqual(5000);
    expect(ms).toBeLessThan(1500);
    expect(arrivals).toHaveLength(1);
  });

  it('consumes no rate-limit slot', async () => {
    const messaging = await paced({ perSecond: 2, burst: 1 });
    const start = performance.now();
    await messaging.send(messageTo());
    await Promise.all(Array.from({ length: 20 }, () => errorOf(messaging.send(messageTo(), { deadlineMs: 20 }))));
    await messaging.send(messageTo());
    expect((arrivals[1]?.at ?? 0) - start).toBeGreaterThanOrEqual(499);
    expect((arrivals[1]?.at ?? 0) - start).toBeLessThan(2500);
    expect(arrivals).toHaveLength(2);
  });

  it('lets failover continue with the next account', async () => {
    const slow = zApiAccount(server.url, { name: 'a', pacing: { perSecond: 0.1, burst: 1 } });
    const messaging = await open({ accounts: [slow, zApiAccount(server.url, { name: 'b' })] });
    await messaging.send(messageTo(), { account: 'a' });
    const sent = await messaging.send(messageTo(), { via: ['a', 'b'], deadlineMs: 3000 });
    expect(sent).toMatchObject({ account: 'b', tried: [{ account: 'a', code: 'rate-limited' }] });
  });
});

describe('options.deadlineMs', () => {
  it('ends a request in flight with an unknown outcome', async () => {
    server.always(silence);
    const messaging = await open({ http: { timeoutMs: 20_000 } });
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo(), { deadlineMs: 400 })));
    expect(error).toBeInstanceOf(UnknownOutcomeError);
    expect(ms).toBeGreaterThanOrEqual(399);
    expect(ms).toBeLessThan(2500);
  });

  it('ends a connection attempt with not-sent', async () => {
    const raw = await TcpServer.silent();
    const messaging = await open({ accounts: [zApiAccount(raw.tlsUrl)], http: { timeoutMs: 20_000 } });
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo(), { deadlineMs: 400 })));
    await raw.close();
    expect(error.outcome).toBe('not-sent');
    expect(ms).toBeGreaterThanOrEqual(399);
    expect(ms).toBeLessThan(2500);
  });

  // Uses a closed port: an attempt cut off after it left would be an unknown outcome.
  it('applies to all attempts together', async () => {
    const logger = new RecordingLogger();
    const messaging = await open({
      accounts: [zApiAccount(`http://${await closedPort()}`)],
      retry: { attempts: 200, baseDelayMs: 100, maxDelayMs: 100 },
      logger,
    });
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo(), { deadlineMs: 600 })));
    expect(error.outcome).toBe('not-sent');
    expect(logger.lines.filter((line) => line.includes('next attempt in')).length).toBeGreaterThan(1);
    expect(ms).toBeLessThan(2500);
  });

  it('applies to all accounts of options.via together', async () => {
    const raw = await TcpServer.silent();
    const accounts = ['a', 'b', 'c'].map((name) => zApiAccount(raw.tlsUrl, { name }));
    const messaging = await open({ accounts, http: { timeoutMs: 300 }, retry: { attempts: 2 } });
    const { value: error, ms } = await timed(() =>
      errorOf(messaging.send(messageTo(), { via: ['a', 'b', 'c'], deadlineMs: 800 })),
    );
    await raw.close();
    expect(error.outcome).toBe('not-sent');
    expect(ms).toBeLessThan(1750);
  });

  it('leaves the remaining time to the next account', async () => {
    const denied: FakeResponse = (_request, response) =>
      setTimeout(() => response.writeHead(400).end('{"error":"Instance not found"}'), 300);
    server.next(denied).always(silence);
    const accounts = ['a', 'b'].map((name) => zApiAccount(server.url, { name }));
    const messaging = await open({ accounts });
    const { value: error, ms } = await timed(() =>
      errorOf(messaging.send(messageTo(), { via: ['a', 'b'], deadlineMs: 700 })),
    );
    expect(error).toMatchObject({ outcome: 'unknown', account: 'b' });
    expect(ms).toBeGreaterThanOrEqual(699);
    expect(ms).toBeLessThan(2500);
  });

  it('does not affect a send that ends in time', async () => {
    const messaging = await open();
    expect(await messaging.send(messageTo(), { deadlineMs: 20_000 })).toMatchObject({ attempts: 1 });
    await until(() => arrivals.length === 1);
  });
});
