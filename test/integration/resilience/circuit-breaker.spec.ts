import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ButtonMessagingModuleOptions, ProviderUnavailableError } from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import { HeldResponses, reset, silence } from '../../support/responses.js';
import { TcpServer } from '../../support/tcp-server.js';
import { OpenApps, type TestApp } from '../../support/test-app.js';
import { timed, until } from '../../support/time.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
let server: FakeProvider;
let healthy: FakeProvider;
let held: HeldResponses;
beforeAll(async () => {
  server = await FakeProvider.start();
  healthy = await FakeProvider.start();
});
afterAll(() => Promise.all([server.close(), healthy.close()]));
beforeEach(() => {
  server.reset();
  healthy.reset();
  held = new HeldResponses();
});
afterEach(async () => {
  server.reset();
  held.releaseAll();
  await apps.close();
});

const COOL_DOWN_MS = 600;
const down: FakeResponse = { status: 500 };

function open(given: ButtonMessagingModuleOptions = {}) {
  return apps.open({
    accounts: [zApiAccount(server.url, { name: 'a' }), zApiAccount(healthy.url, { name: 'b' })],
    defaultAccount: 'a',
    breaker: { failures: 3, coolDownMs: COOL_DOWN_MS },
    retry: { attempts: 1 },
    ...given,
  });
}

const isOpen = { code: 'provider-unavailable', outcome: 'not-sent', retryable: true };

async function fail({ messaging }: TestApp, times: number) {
  for (let index = 0; index < times; index += 1) await errorOf(messaging.send(messageTo(phoneOf(index))));
}

/** Waits for the end of the rest by the clock, without a request. */
async function rested(since: number) {
  await until(() => performance.now() - since >= COOL_DOWN_MS + 20);
}

describe('Circuit breaker of an account', () => {
  it.each<[string, FakeResponse]>([
    ['a 500', down],
    ['a reset connection', reset],
    ['a timeout', silence],
  ])('opens after the configured number of consecutive failures: %s', async (_name, reply) => {
    server.always(reply);
    const app = await open({ http: { timeoutMs: 1_000 } });
    await fail(app, 3);
    expect(server.requests).toHaveLength(3);
    const { value: error, ms } = await timed(() => errorOf(app.messaging.send(messageTo())));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject({ ...isOpen, account: 'a' });
    expect(ms).toBeLessThan(950);
    expect(server.requests).toHaveLength(3);
  });

  it('opens when no connection can be made', async () => {
    const raw = await TcpServer.silent();
    const app = await open({ accounts: [zApiAccount(raw.tlsUrl)], defaultAccount: 'zap', http: { timeoutMs: 500 } });
    await fail(app, 3);
    const before = raw.connections;
    const { ms } = await timed(() => fail(app, 3));
    await raw.close();
    expect(ms).toBeLessThan(1_400);
    expect(raw.connections).toBe(before);
  });

  it('opens after five failures by default', async () => {
    server.always(down);
    const { messaging } = await apps.open({ accounts: [zApiAccount(server.url)] });
    for (let index = 0; index < 8; index += 1) await errorOf(messaging.send(messageTo()));
    expect(server.requests).toHaveLength(5);
  });

  it('is shared by ButtonMessagingService and the provider services', async () => {
    server.always(down);
    const app = await open();
    await fail(app, 3);
    expect(await errorOf(app.zApi.sendText({ phone: phoneOf(1), message: 'Hello' }))).toMatchObject(isOpen);
    expect(server.requests).toHaveLength(3);
  });

  it('fails fast without waiting for retries', async () => {
    server.always(down);
    const app = await open({ retry: { attempts: 5, baseDelayMs: 4000 } });
    await fail(app, 3);
    const { value: error, ms } = await timed(() => errorOf(app.messaging.send(messageTo())));
    expect(error).toMatchObject(isOpen);
    expect(ms).toBeLessThan(1_900);
  });

  it('lets failover continue with the next account', async () => {
    server.always(down);
    const app = await open();
    await fail(app, 3);
    const sent = await app.messaging.send(messageTo(), { via: ['a', 'b'] });
    expect(sent).toMatchObject({ account: 'b', tried: [{ account: 'a', code: 'provider-unavailable' }] });
    expect(server.requests).toHaveLength(3);
  });

  it('leaves an idempotency key free', async () => {
    server.next(down, down, down);
    const app = await open();
    await fail(app, 3);
    const since = performance.now();
    const send = () => app.messaging.send(messageTo(), { idempotencyKey: 'order-1' });
    expect(await errorOf(send())).toMatchObject(isOpen);
    await rested(since);
    expect(await send()).toMatchObject({ account: 'a' });
  });

  it('does not affect another account', async () => {
    server.always(down);
    const app = await open({
      accounts: [zApiAccount(server.url, { name: 'a' }), zApiAccount(server.url, { name: 'b' })],
    });
    await fail(app, 4);
    expect(server.requests).toHaveLength(3);
    server.reset();
    expect(await app.messaging.send(messageTo(), { account: 'b' })).toMatchObject({ account: 'b' });
    expect(await errorOf(app.messaging.send(messageTo(), { account: 'a' }))).toMatchObject(isOpen);
  });
});

describe('Half-open circuit breaker', () => {
  /** Opens an application whose half-open breaker waits for the trial's response. */
  async function duringTrial() {
    server.next(down, down, down).always(held.reply);
    const app = await open();
    await fail(app, 3);
    await rested(performance.now());
    const trial = app.messaging.send(messageTo());
    trial.catch(() => {});
    await until(() => held.count === 1);
    return { ...app, trial };
  }

  it('closes when its trial request succeeds', async () => {
    const { messaging, trial } = await duringTrial();
    held.releaseAll();
    expect(await trial).toMatchObject({ attempts: 1 });
    server.reset();
    await Promise.all(Array.from({ length: 5 }, (_, index) => messaging.send(messageTo(phoneOf(index)))));
    expect(server.requests).toHaveLength(5);
  });

  it('rejects other sends at once while the trial is in flight', async () => {
    const { messaging } = await duringTrial();
    const ends: unknown[] = [];
    for (let index = 0; index < 10; index += 1) {
      errorOf(messaging.send(messageTo(phoneOf(index)))).then(
        (error) => ends.push(error),
        (other) => ends.push(other),
      );
    }
    await until(() => ends.length === 10, 2000).finally(() => expect(server.requests).toHaveLength(4));
    for (const end of ends) expect(end).toMatchObject(isOpen);
  });

  it('rejects other sends within their deadline while the trial is in flight', async () => {
    const { messaging } = await duringTrial();
    const ends: unknown[] = [];
    errorOf(messaging.send(messageTo(), { deadlineMs: 300 })).then((error) => ends.push(error));
    await until(() => ends.length === 1, 2000);
    expect(ends[0]).toMatchObject({ outcome: 'not-sent' });
  });

  it('rejects other sends on their signal while the trial is in flight', async () => {
    const { messaging } = await duringTrial();
    const controller = new AbortController();
    const ends: unknown[] = [];
    errorOf(messaging.send(messageTo(), { signal: controller.signal })).then((error) => ends.push(error));
    setImmediate(() => controller.abort());
    await until(() => ends.length === 1, 2000);
    expect(ends[0]).toMatchObject({ outcome: 'not-sent' });
  });

  it('opens again when the trial fails', async () => {
    server.always(down);
    const app = await open();
    await fail(app, 3);
    await rested(performance.now());
    expect(await errorOf(app.messaging.send(messageTo()))).toMatchObject({ outcome: 'unknown' });
    expect(server.requests).toHaveLength(4);
    expect(await errorOf(app.messaging.send(messageTo()))).toMatchObject(isOpen);
    expect(server.requests).toHaveLength(4);
    await rested(performance.now());
    server.reset();
    expect(await app.messaging.send(messageTo())).toMatchObject({ attempts: 1 });
  });

  it('sends no trial before the rest is over', async () => {
    const arrivals: number[] = [];
    server.always((_request, response) => {
      arrivals.push(performance.now());
      response.writeHead(500).end();
    });
    const app = await open();
    await fail(app, 3);
    await until(async () => (await errorOf(app.messaging.send(messageTo()))).outcome === 'unknown');
    const [, , third = 0, trial = 0] = arrivals;
    expect(trial - third).toBeGreaterThanOrEqual(COOL_DOWN_MS - 1);
    expect(arrivals).toHaveLength(4);
  });
});

describe('Closed circuit breaker', () => {
  const refusal: FakeResponse = { status: 400, body: { error: 'bad' } };

  it('stays closed after any number of rejections', async () => {
    server.always(refusal);
    const app = await open();
    await fail(app, 10);
    expect(server.requests).toHaveLength(10);
  });

  it.each<[string, FakeResponse]>([
    ['a rejection', refusal],
    ['a success', { body: { messageId: 'MESSAGE1' } }],
  ])('stays closed when %s comes between failures, and opens when none does', async (_name, between) => {
    server.next(down, down, between, down, down, between, down, down).always(down);
    const app = await open();
    for (let index = 0; index < 8; index += 1) await app.messaging.send(messageTo(phoneOf(index))).catch(() => {});
    expect(server.requests).toHaveLength(8);
    await fail(app, 3);
    expect(server.requests).toHaveLength(9);
  });

  it('never opens when breaker is false', async () => {
    server.always(down);
    const app = await open({ breaker: false });
    await fail(app, 20);
    expect(server.requests).toHaveLength(20);
  });
});
