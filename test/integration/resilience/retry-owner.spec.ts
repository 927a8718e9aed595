import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RateLimitedError, UnknownOutcomeError } from '../../../lib/index.js';
import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse, type ReceivedRequest } from '../../support/fake-provider.js';
import { acceptedBy, cutBody, hangUp, reset, silence } from '../../support/responses.js';
import { OpenApps } from '../../support/test-app.js';
import { settled, timed, until } from '../../support/time.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
let server: FakeProvider;
beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());
beforeEach(() => void server.reset());
afterEach(apps.close);

describe('Pair rate limit of the Cloud API', () => {
  const limited: FakeResponse = {
    status: 400,
    body: { error: { message: '(#131056) Pair rate limit hit', type: 'OAuthException', code: 131056 } },
  };
  const crowded = phoneOf(1);
  const isFor = (to: string) => (request: ReceivedRequest) => request.body.includes(to);
  /** Rejects `times` requests for the crowded recipient and accepts all others. */
  function limit(times: number) {
    let left = times;
    server.always((request, response) => {
      const refuse = isFor(crowded)(request) && left-- > 0;
      const { status, body } = (refuse ? limited : { status: 200, ...acceptedBy('whatsapp-cloud') }) as {
        status: number;
        body: unknown;
      };
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  }
  const open = () => apps.open({ accounts: [cloudAccount(server.url)], retry: { baseDelayMs: 1 } });

  it('delays only that recipient', async () => {
    limit(1);
    const { messaging } = await open();
    const slow = timed(() => messaging.send(messageTo(crowded)));
    await until(() => server.requests.length === 1);
    const others = await Promise.all(
      Array.from({ length: 8 }, (_, index) => timed(() => messaging.send(messageTo(phoneOf(index + 2))))),
    );
    expect(server.requests.filter(isFor(crowded))).toHaveLength(1);
    expect(Math.max(...others.map(({ ms }) => ms))).toBeLessThan(900);
    const { value, ms } = await slow;
    expect(value.attempts).toBe(2);
    expect(ms).toBeGreaterThanOrEqual(1000);
  }, 60_000);

  it('delays every message to that recipient', async () => {
    limit(1);
    const { messaging } = await open();
    const start = performance.now();
    const first = messaging.send(messageTo(crowded));
    await settled(() => server.requests.length);
    expect(server.requests).toHaveLength(1);
    await messaging.send(messageTo(crowded, 'And another thing'));
    expect(performance.now() - start).toBeGreaterThanOrEqual(1000);
    await first;
    expect(server.requests).toHaveLength(3);
  }, 60_000);

  it('fails at once when the wait would exceed the deadline', async () => {
    limit(9);
    const { messaging } = await open();
    // The second wait is four seconds.
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo(crowded), { deadlineMs: 4_500 })));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ outcome: 'not-sent', scope: 'recipient', providerCode: '131056' });
    expect(error.retryAfterMs).toBeGreaterThanOrEqual(4_000);
    expect(ms).toBeLessThan(3_500);
    expect(server.requests).toHaveLength(2);
  });
});

describe('Rate limit of an account', () => {
  it('rejects further sends of the account without a request', async () => {
    server.next({ status: 429, headers: { 'Retry-After': '86400' } });
    const { messaging } = await apps.open({ accounts: [zApiAccount(server.url)] });
    await errorOf(messaging.send(messageTo(phoneOf(1)), { deadlineMs: 5000 }));
    const error = await errorOf(messaging.send(messageTo(phoneOf(2)), { deadlineMs: 5000 }));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ outcome: 'not-sent', scope: 'account' });
    expect(error.retryAfterMs).toBeGreaterThan(3_590_000);
    expect(server.requests).toHaveLength(1);
  });

  it('does not affect another account', async () => {
    server.next({ status: 429, headers: { 'Retry-After': '86400' } });
    const accounts = [zApiAccount(server.url, { name: 'a' }), zApiAccount(server.url, { name: 'b' })];
    const { messaging } = await apps.open({ accounts });
    await errorOf(messaging.send(messageTo(), { account: 'a', deadlineMs: 5000 }));
    expect(await messaging.send(messageTo(), { account: 'b', deadlineMs: 5000 })).toMatchObject({ account: 'b' });
  });
});

describe('Read retries', () => {
  const open = () =>
    apps.open({
      accounts: [zApiAccount(server.url), chatvoltAccount(server.url)],
      retry: { baseDelayMs: 1 },
      http: { timeoutMs: 400 },
    });
  const losses: [string, FakeResponse][] = [
    ['a reset connection', reset],
    ['a closed connection', hangUp],
    ['a truncated response', cutBody],
    ['a timeout', silence],
  ];

  it.each(losses)('retries status after %s', async (_name, loss) => {
    server.next(loss).always({ body: { connected: true, smartphoneConnected: true } });
    const { zApi } = await open();
    expect(await zApi.status()).toMatchObject({ connected: true, smartphoneConnected: true });
    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it.each(losses)('retries phoneExists after %s', async (_name, loss) => {
    server.next(loss).always({ body: [{ exists: true, phone: phoneOf(1) }] });
    const { zApi } = await open();
    expect(await zApi.phoneExists(phoneOf(1))).toMatchObject({ exists: true, phone: phoneOf(1) });
    expect(server.requests).toHaveLength(2);
  });

  it.each(losses)('retries findConversation after %s', async (_name, loss) => {
    server.next(loss).always({ body: [{ id: 'conv-9', channelExternalId: phoneOf(1) }] });
    const { chatvolt } = await open();
    expect(await chatvolt.findConversation({ phone: phoneOf(1) })).toEqual({ conversationId: 'conv-9' });
    expect(server.requests).toHaveLength(2);
  });

  it('stops after the last attempt', async () => {
    server.always(reset);
    const { zApi } = await open();
    await errorOf(zApi.status());
    expect(server.requests).toHaveLength(3);
  });
});

describe('Axios interceptor of the application', () => {
  const open = () => apps.open({ accounts: [zApiAccount(server.url)], retry: { baseDelayMs: 1 } });

  it('is run for each request', async () => {
    const { messaging, http } = await open();
    http.axiosRef.interceptors.request.use((config) => {
      config.headers.set('X-Added', 'yes');
      return config;
    });
    await messaging.send(messageTo());
    expect(server.requests[0]?.headers).toMatchObject({ 'x-added': 'yes' });
  });

  it.each<[string, FakeResponse]>([
    ['a reset connection', reset],
    ['a truncated response', cutBody],
    ['a 500', { status: 500 }],
    ['an HTML 502', { status: 502, body: '<html></html>' }],
  ])('cannot send twice by repeating a failed request: %s', async (_name, reply) => {
    server.next(reply);
    const { messaging, http } = await open();
    let again = 0;
    http.axiosRef.interceptors.response.use(undefined, (error) => {
      again += 1;
      return again > 3 ? Promise.reject(error) : http.axiosRef.request(error.config);
    });
    expect(await errorOf(messaging.send(messageTo()))).toBeInstanceOf(UnknownOutcomeError);
    expect(server.requests).toHaveLength(1);
  });

  it('cannot send twice by repeating a successful request', async () => {
    const { messaging, http } = await open();
    let asked = 0;
    http.axiosRef.interceptors.response.use((response) => {
      asked += 1;
      return asked > 3 ? response : http.axiosRef.request(response.config);
    });
    await messaging.send(messageTo()).catch(() => {});
    expect(server.requests).toHaveLength(1);
  });

  it('does not consume attempts of the module', async () => {
    server.next({ status: 429, headers: { 'Retry-After': '0' } });
    const { messaging, http } = await open();
    http.axiosRef.interceptors.response.use(undefined, (error) => Promise.reject(error));
    expect(await messaging.send(messageTo())).toMatchObject({ attempts: 2 });
  });
});
