import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type AccountOptions,
  type ButtonMessage,
  type ButtonMessagingModuleOptions,
  MemoryPacingStore,
  PacingStore,
  ProviderUnavailableError,
  RateLimitedError,
  UnknownAccountError,
} from '../../../lib/index.js';
import { CircuitBreakers } from '../../../lib/resilience/circuit-breakers.js';
import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { acceptedBy, reset } from '../../support/responses.js';
import { OpenApps, type TestApp } from '../../support/test-app.js';
import { until } from '../../support/time.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
let server: FakeProvider;
beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());
beforeEach(() => void server.reset().always(acceptedBy('whatsapp-cloud')));
afterEach(apps.close);

const meta = (code: number, more: { status?: number; headers?: Record<string, string> } = {}): FakeResponse => ({
  status: 400,
  ...more,
  body: { error: { message: `(#${code}) refused`, type: 'OAuthException', code, fbtrace_id: 'Ab1' } },
});

const cloud = (given: ButtonMessagingModuleOptions = {}) =>
  apps.open({ accounts: [cloudAccount(server.url)], ...given });

async function sendAll({ messaging }: TestApp, count: number, concurrency: number) {
  const messages = Array.from({ length: count }, (_, index) => messageTo(phoneOf(index)));
  const codes: string[] = [];
  for await (const { error, sent } of messaging.sendMany(messages, { concurrency })) {
    codes.push(sent ? 'sent' : `${error?.outcome} ${error?.category}`);
  }
  return new Set(codes);
}

describe('Account rest after rejections', () => {
  it.each<[string, number, string]>([
    ['that is unpaid', 131042, 'payment'],
    ['that is restricted', 131031, 'account-restricted'],
    ['whose phone number is not set up', 133010, 'number-setup'],
    ['that is rate-limited for hours', 131048, 'rate-limited'],
    ['without a valid token', 190, 'authentication'],
  ])('sends few requests for many messages of an account %s', async (_what, code, category) => {
    server.always(meta(code));
    expect(await sendAll(await cloud(), 60, 8)).toEqual(new Set([`not-sent ${category}`]));
    expect(server.requests.length).toBeLessThanOrEqual(12);
  });

  it.each([131047, 131026, 131049, 131009, 132001, 130497])(
    'does not rest after rejections of single messages (code %i)',
    async (code) => {
      server.always(meta(code));
      await sendAll(await cloud(), 20, 4);
      expect(server.requests).toHaveLength(20);
    },
  );

  it('reports category and remaining time during its cooldown', async () => {
    server.always(meta(131042));
    const app = await cloud({ breaker: { failures: 2, coolDownMs: 60_000 } });
    await sendAll(app, 2, 1);
    const error = await errorOf(app.messaging.send(messageTo()));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject({
      code: 'provider-unavailable',
      outcome: 'not-sent',
      category: 'payment',
      account: 'meta',
    });
    expect(error.retryAfterMs).toBeGreaterThan(50_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(error.message).toContain('payment');
    expect(server.requests).toHaveLength(2);
  });

  it('doubles the rest up to longestRestMs, and starts again after a success', async () => {
    server.always(meta(131031));
    const app = await cloud({ breaker: { failures: 2, coolDownMs: 40 }, retry: { longestRestMs: 100 } });
    const restAfter = async () => (await errorOf(app.messaging.send(messageTo()))).retryAfterMs ?? 0;
    const trial = () =>
      until(async () => (await errorOf(app.messaging.send(messageTo()))).code === 'provider-rejected');
    await sendAll(app, 2, 1);
    for (const longest of [40, 80, 100, 100]) {
      const rest = await restAfter();
      expect(rest).toBeGreaterThan(longest / 4);
      expect(rest).toBeLessThanOrEqual(longest);
      await trial();
    }
    server.always(acceptedBy('whatsapp-cloud'));
    await until(() =>
      app.messaging.send(messageTo()).then(
        () => true,
        () => false,
      ),
    );
    server.always(meta(131031));
    await sendAll(app, 2, 1);
    expect(await restAfter()).toBeLessThanOrEqual(40);
  });

  it('sends one request after the rest and resumes when it succeeds', async () => {
    server.always(meta(131042));
    const app = await cloud({ breaker: { failures: 2, coolDownMs: 50 } });
    await sendAll(app, 2, 1);
    server.always(acceptedBy('whatsapp-cloud'));
    await until(() =>
      app.messaging.send(messageTo()).then(
        () => true,
        () => false,
      ),
    );
    expect(await sendAll(app, 10, 4)).toEqual(new Set(['sent']));
  });

  it('counts rejections across rejections of single messages', async () => {
    server.next(meta(131042), meta(131026), meta(131042), meta(131009), meta(131042)).always(meta(131042));
    const app = await cloud({ breaker: { failures: 3 } });
    await sendAll(app, 20, 1);
    expect(server.requests).toHaveLength(5);
  });

  it('lets failover continue with the next account at once', async () => {
    server.always(meta(131042));
    const other = await FakeProvider.start();
    const app = await cloud({ accounts: [cloudAccount(server.url), zApiAccount(other.url)], defaultAccount: 'meta' });
    await sendAll(app, 8, 1);
    const sent = await app.messaging.send(messageTo(), { via: ['meta', 'zap'] });
    await other.close();
    expect(sent).toMatchObject({ account: 'zap', tried: [{ account: 'meta', code: 'provider-unavailable' }] });
    expect(server.requests).toHaveLength(5);
  });

  it('makes no conversation lookups during the cooldown of the account', async () => {
    const listed = [{ id: 'conv-1', channel: 'whatsapp', channelExternalId: phoneOf(0) }];
    server.always(({ method }, response) => {
      response.writeHead(method === 'GET' ? 200 : 402, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(method === 'GET' ? listed : { error: 'Pay' }));
    });
    const app = await apps.open({ accounts: [chatvoltAccount(server.url, { lookUpConversations: true })] });
    for (let sends = 0; sends < 20; sends += 1) await errorOf(app.messaging.send(messageTo()));
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(5);
    expect(server.requests.filter(({ method }) => method === 'GET').length).toBeLessThanOrEqual(10);
  });

  it('allows status reads during the cooldown of the account', async () => {
    const app = await apps.open({ accounts: [zApiAccount(server.url)] });
    server.always({ body: { error: 'You are not connected.' } });
    for (let sends = 0; sends < 8; sends += 1) await errorOf(app.messaging.send(messageTo()));
    server.always({ body: { connected: false, error: 'You are not connected.' } });
    expect(await app.zApi.status()).toMatchObject({ connected: false });
    // A successful read does not end the rejections of messages.
    expect(await errorOf(app.messaging.send(messageTo()))).toMatchObject({ category: 'number-setup' });
    expect(server.requests).toHaveLength(6);
  });

  it('does not rest when breaker is false', async () => {
    server.always(meta(131042));
    const app = await cloud({ breaker: false });
    app.app.get(CircuitBreakers, { strict: false }).open({ name: 'meta', provider: 'whatsapp-cloud' }, 'payment');
    await sendAll(app, 20, 4);
    expect(server.requests).toHaveLength(20);
  });
});

describe('Account rest after a status webhook', () => {
  const restricted = ({ app }: TestApp) =>
    app
      .get(CircuitBreakers, { strict: false })
      .open({ name: 'meta', provider: 'whatsapp-cloud' }, 'account-restricted');
  const resting = (app: TestApp) => errorOf(app.messaging.send(messageTo()));

  it('sends nothing for a minute', async () => {
    const app = await cloud();
    restricted(app);
    const error = await resting(app);
    expect(error).toMatchObject({ outcome: 'not-sent', category: 'account-restricted' });
    expect(error.retryAfterMs).toBeGreaterThan(59_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(server.requests).toHaveLength(0);
  });

  it('is not extended by further statuses of earlier messages', async () => {
    const app = await cloud();
    for (let statuses = 0; statuses < 10; statuses += 1) restricted(app);
    expect((await resting(app)).retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('is longer after another status, although requests were accepted in between', async () => {
    const app = await cloud({ breaker: { coolDownMs: 10 } });
    restricted(app);
    await until(() =>
      app.messaging.send(messageTo()).then(
        () => true,
        () => false,
      ),
    );
    await app.messaging.send(messageTo());
    restricted(app);
    const { retryAfterMs = 0 } = await resting(app);
    expect(retryAfterMs).toBeGreaterThan(60);
    expect(retryAfterMs).toBeLessThanOrEqual(120);
  });

  it('starts with the initial time after a long period without statuses', async () => {
    const app = await cloud({ breaker: { coolDownMs: 5 } });
    restricted(app);
    await until(() =>
      app.messaging.send(messageTo()).then(
        () => true,
        () => false,
      ),
    );
    const since = performance.now();
    await until(() => performance.now() - since > 70);
    restricted(app);
    expect((await resting(app)).retryAfterMs).toBeLessThanOrEqual(30);
  });
});

describe('ButtonMessagingService.resume', () => {
  it('ends a rest', async () => {
    server.always(meta(131042));
    const app = await cloud();
    await sendAll(app, 8, 1);
    server.always(acceptedBy('whatsapp-cloud'));
    await app.messaging.resume('meta');
    expect(await app.messaging.send(messageTo())).toMatchObject({ account: 'meta' });
  });

  it('ends an open circuit breaker', async () => {
    server.always(reset);
    const app = await cloud();
    await sendAll(app, 5, 1);
    server.always(acceptedBy('whatsapp-cloud'));
    await app.messaging.resume('meta');
    expect(await app.messaging.send(messageTo())).toMatchObject({ account: 'meta' });
  });

  it('ends a rate-limit pause', async () => {
    server.next({ status: 429, headers: { 'Retry-After': '3000' } });
    const app = await cloud();
    expect(await errorOf(app.messaging.send(messageTo()))).toMatchObject({ retryAfterMs: 3_000_000 });
    expect(await errorOf(app.messaging.send(messageTo()))).toBeInstanceOf(RateLimitedError);
    await app.messaging.resume('meta');
    expect(await app.messaging.send(messageTo())).toMatchObject({ account: 'meta' });
    expect(server.requests).toHaveLength(2);
  });

  it('keeps the pause when the PacingStore has no resume()', async () => {
    class OldStore extends MemoryPacingStore {
      override resume = undefined as never;
    }
    const store = new OldStore();
    const app = await cloud({ extraProviders: [{ provide: PacingStore, useValue: store }] });
    server.next({ status: 429, headers: { 'Retry-After': '3000' } });
    await errorOf(app.messaging.send(messageTo()));
    await app.messaging.resume('meta');
    expect(await errorOf(app.messaging.send(messageTo()))).toBeInstanceOf(RateLimitedError);
  });

  it('rejects an unknown account', async () => {
    const app = await cloud();
    await expect(app.messaging.resume('ghost')).rejects.toBeInstanceOf(UnknownAccountError);
  });
});

describe('Rate limit of an account', () => {
  it.each([4, 80007, 80008, 613])(
    'pauses for minutes, longer each time, without Retry-After (code %i)',
    async (code) => {
      server.always(meta(code));
      const app = await cloud();
      for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
        expect(await errorOf(app.messaging.send(messageTo()))).toMatchObject({
          code: 'rate-limited',
          retryAfterMs: minutes * 60_000,
        });
        // No request is sent during the pause.
        expect(await errorOf(app.messaging.send(messageTo()))).toBeInstanceOf(RateLimitedError);
        // Skips the pause.
        jest.spyOn(performance, 'now').mockReturnValue(performance.now() + minutes * 60_000);
      }
      jest.restoreAllMocks();
      expect(server.requests).toHaveLength(8);
    },
  );

  it('starts with one minute again after a success', async () => {
    server.next(meta(4), acceptedBy('whatsapp-cloud'), meta(4));
    const app = await cloud();
    for (const end of [60_000, 'sent', 60_000]) {
      const sent = await app.messaging.send(messageTo()).then(
        () => 'sent',
        (error) => error.retryAfterMs,
      );
      expect(sent).toBe(end);
      jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    }
    jest.restoreAllMocks();
  });

  it('counts concurrent rate-limit errors as one', async () => {
    server.always(meta(80007));
    const app = await cloud();
    const errors = await Promise.all(
      [0, 1, 2, 3].map((index) => errorOf(app.messaging.send(messageTo(phoneOf(index))))),
    );
    expect(new Set(errors.map(({ retryAfterMs }) => retryAfterMs))).toEqual(new Set([60_000]));
  });

  it.each<[string, Record<string, string>, number]>([
    ['for the minutes in the business use case usage', { 'x-business-use-case-usage': usage(5) }, 300_000],
    [
      'for at most an hour with a longer business use case usage',
      { 'x-business-use-case-usage': usage(500) },
      3_600_000,
    ],
    ['for at most an hour with a huge Retry-After', { 'Retry-After': '99999999999' }, 3_600_000],
    [
      'for at most an hour with a distant Retry-After date',
      { 'Retry-After': 'Fri, 31 Dec 9999 23:59:59 GMT' },
      3_600_000,
    ],
  ])('pauses %s', async (_what, headers, retryAfterMs) => {
    server.always(meta(80007, { headers }));
    const app = await cloud();
    expect(await errorOf(app.messaging.send(messageTo()))).toMatchObject({ code: 'rate-limited', retryAfterMs });
    const { retryAfterMs: left = 0 } = await errorOf(app.messaging.send(messageTo()));
    expect(left).toBeGreaterThan(retryAfterMs - 10_000);
    expect(left).toBeLessThanOrEqual(retryAfterMs);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['a huge number', '99999999999'],
    ['a number of 400 digits', '9'.repeat(400)],
    ['a distant date', 'Fri, 31 Dec 9999 23:59:59 GMT'],
  ])('limits Retry-After of an unknown outcome to an hour: %s', async (_what, header) => {
    server.always({ status: 502, headers: { 'Retry-After': header } });
    const { messaging } = await apps.open({ accounts: [chatvoltAccount(server.url)] });
    const error = await errorOf(messaging.send(messageTo({ conversation: 'conv-1' })));
    expect(error).toMatchObject({ code: 'unknown-outcome', outcome: 'unknown', retryAfterMs: 3_600_000 });
  });

  it('pauses for up to longestRestMs', async () => {
    server.always({ status: 503, headers: { 'Retry-After': '7200' } });
    const app = await cloud({ retry: { longestRestMs: 4_000_000 } });
    expect(await errorOf(app.messaging.send(messageTo()))).toMatchObject({ retryAfterMs: 4_000_000 });
  });

  function usage(minutes: number): string {
    return JSON.stringify({ 1000: [{ type: 'whatsapp', estimated_time_to_regain_access: minutes }] });
  }
});

describe('Failed read', () => {
  it.each<[string, FakeResponse]>([
    ['a 500', { status: 500, body: { error: 'Internal' } }],
    ['an HTML page', { body: '<html>' }],
    ['no response', reset],
  ])('reports not-sent and mentions no message: %s', async (_what, reply) => {
    server.always(reply);
    const {
      zApi,
      chatvolt,
      cloud: meta,
    } = await apps.open({
      accounts: [zApiAccount(server.url), chatvoltAccount(server.url), cloudAccount(server.url)],
      retry: { attempts: 1 },
    });
    for (const read of [
      () => zApi.status(),
      () => zApi.phoneExists(phoneOf(0)),
      () => chatvolt.findConversation({ phone: phoneOf(0) }),
      () => chatvolt.checkAgent(),
      () => meta.checkPhoneNumber(),
    ]) {
      const error = await errorOf(read());
      expect(error).toBeInstanceOf(ProviderUnavailableError);
      expect(error).toMatchObject({ outcome: 'not-sent', category: 'unavailable' });
      expect(error.message).not.toMatch(/message|send|sent/i);
    }
  });

  it('reports not-sent when aborted after the request left', async () => {
    const end = new AbortController();
    server.always(() => end.abort());
    const { zApi } = await apps.open({ accounts: [zApiAccount(server.url)] });
    const error = await errorOf(zApi.status({ signal: end.signal }));
    expect(error).toMatchObject({
      code: 'send-aborted',
      outcome: 'not-sent',
      message: 'The request status was aborted',
    });
  });

  it.each([null, [], {}, [null], [{}]])(
    'is not thrown by phoneExists for %j: the number does not exist',
    async (body) => {
      server.always({ body: JSON.stringify(body) });
      const { zApi } = await apps.open({ accounts: [zApiAccount(server.url)] });
      expect(await zApi.phoneExists(phoneOf(0))).toEqual({ exists: false, phone: phoneOf(0) });
    },
  );
});

describe('Failed conversation lookup', () => {
  const accounts = (): AccountOptions[] => [
    chatvoltAccount(server.url, { lookUpConversations: true }),
    zApiAccount(server.url),
  ];
  const failing: FakeResponse = ({ method }, response) => {
    response.writeHead(method === 'GET' ? 500 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(method === 'GET' ? { error: 'Internal' } : acceptedBy('z-api').body));
  };

  it('releases the idempotency key and lets failover continue', async () => {
    server.always(failing);
    const logger = new RecordingLogger();
    const { messaging } = await apps.open({ accounts: accounts(), retry: { baseDelayMs: 1 }, logger });
    const send = () => messaging.send(messageTo(), { account: 'volt', idempotencyKey: 'k' });
    for (let sends = 0; sends < 2; sends += 1) {
      expect(await errorOf(send())).toMatchObject({ code: 'provider-unavailable', outcome: 'not-sent' });
    }
    const sent = await messaging.send(messageTo(), { via: ['volt', 'zap'] });
    expect(sent).toMatchObject({ account: 'zap', tried: [{ account: 'volt', code: 'provider-unavailable' }] });
    expect(logger.lines.join('\n')).toContain(
      'Account volt did not send a message (provider-unavailable). Trying zap next.',
    );
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each<[string, FakeResponse, Partial<ButtonMessage>]>([
    ['finds nobody', { body: '[]' }, {}],
    ['is not made', { status: 500, body: { error: 'No Conversation found' } }, {}],
  ])('lets failover continue when the lookup %s', async (what, reply) => {
    const other = await FakeProvider.start();
    server.always(reply);
    const lookUpConversations = what === 'finds nobody';
    const { messaging } = await apps.open({
      accounts: [chatvoltAccount(server.url, { lookUpConversations }), zApiAccount(other.url)],
    });
    const sent = await messaging.send(messageTo(), { via: ['volt', 'zap'], fallback: 'text' });
    await other.close();
    expect(sent).toMatchObject({ account: 'zap', tried: [{ account: 'volt', code: 'recipient-not-found' }] });
  });
});

describe('Bare Meta code in a Chatvolt 500', () => {
  const said = (error: string): FakeResponse => ({ status: 500, body: { error } });
  const open = (other: FakeProvider) =>
    apps.open({ accounts: [chatvoltAccount(server.url), zApiAccount(other.url)], retry: { baseDelayMs: 1 } });

  it.each([
    ['131016 Service unavailable', 'unknown-outcome'],
    ['131047 Late', 'window-closed'],
    ['131042 Pay', 'provider-rejected'],
    ['131009 Buttons', 'provider-rejected'],
  ])('is not retried and does not fail over: %s', async (error, code) => {
    const other = await FakeProvider.start();
    server.always(said(`WhatsApp API error: ${error}`));
    const { messaging } = await open(other);
    const sent = messaging.send(messageTo({ conversation: 'conv-1' }), { via: ['volt', 'zap'] });
    expect(await errorOf(sent)).toMatchObject({ code, account: 'volt' });
    expect([server.requests.length, other.requests.length]).toEqual([1, 0]);
    await other.close();
  });

  it('is ignored when it only echoes the request', async () => {
    server.always(said('Could not handle: Order 131026 is ready'));
    const { chatvolt } = await apps.open({ accounts: [chatvoltAccount(server.url)] });
    const order = { conversationId: 'conv-1', message: 'Order 131026 is ready' };
    expect(await errorOf(chatvolt.sendMessage(order))).toMatchObject({ code: 'unknown-outcome' });
    expect(await errorOf(chatvolt.sendMessage({ ...order, message: 'Ready' }))).toMatchObject({
      code: 'recipient-not-found',
    });
  });
});
