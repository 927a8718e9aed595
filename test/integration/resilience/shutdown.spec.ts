import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ButtonMessagingError, type ButtonMessagingModuleOptions, SendAbortedError } from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { HeldResponses, silence } from '../../support/responses.js';
import { TcpServer } from '../../support/tcp-server.js';
import { OpenApps } from '../../support/test-app.js';
import { settled, timed, until } from '../../support/time.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
let server: FakeProvider;
let held: HeldResponses;
beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  held = new HeldResponses();
});
afterEach(async () => {
  held.releaseAll();
  await apps.close();
});

const open = (given: ButtonMessagingModuleOptions = {}) =>
  apps.open({ accounts: [zApiAccount(server.url)], retry: { baseDelayMs: 1 }, ...given });

describe('app.close()', () => {
  it('waits for sends in flight', async () => {
    server.always(held.reply);
    const { messaging, close } = await open();
    const sends = [messaging.send(messageTo()), messaging.send(messageTo(phoneOf(1)))];
    await until(() => held.count === 2);
    let closed = false;
    const closing = close().then(() => {
      closed = true;
    });
    expect(await settled(() => closed)).toBe(false);
    held.releaseAll();
    for (const sent of await Promise.all(sends)) expect(sent).toMatchObject({ messageId: 'MESSAGE1' });
    await closing;
  });

  it('waits for sends in flight after another was aborted before its request', async () => {
    server.always(held.reply);
    const { messaging, close } = await open();
    const send = messaging.send(messageTo());
    await until(() => held.count === 1);
    await errorOf(messaging.send(messageTo(phoneOf(1)), { signal: AbortSignal.abort() }));
    const closing = close();
    held.releaseAll();
    await expect(send).resolves.toMatchObject({ messageId: 'MESSAGE1' });
    await closing;
  });

  it('waits no longer than closeTimeoutMs; the outcome is then unknown', async () => {
    server.always(silence);
    const { messaging, close } = await open({ http: { closeTimeoutMs: 400, timeoutMs: 60_000 } });
    const failure = errorOf(messaging.send(messageTo()));
    await until(() => server.requests.length === 1);
    const { ms } = await timed(close);
    expect(ms).toBeGreaterThanOrEqual(399);
    expect(ms).toBeLessThan(3000);
    expect((await failure).outcome).toBe('unknown');
    expect(server.requests).toHaveLength(1);
  });

  it('ends a connection attempt with not-sent', async () => {
    const raw = await TcpServer.silent();
    const accounts = [zApiAccount(raw.tlsUrl)];
    const { messaging, close } = await open({ accounts, http: { closeTimeoutMs: 300, timeoutMs: 60_000 } });
    const failure = errorOf(messaging.send(messageTo()));
    await until(() => raw.connections === 1);
    const { ms } = await timed(close);
    expect(ms).toBeLessThan(3000);
    expect((await failure).outcome).toBe('not-sent');
    await raw.close();
  });

  it('ends sends that wait for a rate-limit slot at once with not-sent', async () => {
    const { messaging, close } = await open({
      accounts: [zApiAccount(server.url, { pacing: { perSecond: 0.05, burst: 1 } })],
    });
    await messaging.send(messageTo());
    const waiting = Array.from({ length: 5 }, () => errorOf(messaging.send(messageTo())));
    const { ms } = await timed(close);
    for (const error of await Promise.all(waiting)) {
      expect(error).toBeInstanceOf(SendAbortedError);
      expect(error.outcome).toBe('not-sent');
    }
    expect(ms).toBeLessThan(3000);
    expect(server.requests).toHaveLength(1);
  });

  it('ends sends that wait for the next attempt at once with not-sent', async () => {
    server.always({ status: 503, headers: { 'Retry-After': '9' }, body: {} });
    const { messaging, close } = await open();
    const failure = errorOf(messaging.send(messageTo()));
    await until(() => server.requests.length === 1);
    await settled(() => server.requests.length);
    const { ms } = await timed(close);
    expect(await failure).toMatchObject({ code: 'send-aborted', outcome: 'not-sent' });
    expect(ms).toBeLessThan(3000);
    expect(server.requests).toHaveLength(1);
  });

  it('waits until ask() has sent, but not for the reply', async () => {
    server.always(held.reply);
    const { messaging, close } = await open();
    const failure = errorOf(messaging.ask(messageTo()));
    await until(() => held.count === 1);
    const closing = close();
    held.releaseAll();
    await closing;
    expect(await failure).toMatchObject({ code: 'send-aborted', outcome: 'unknown', account: 'zap' });
    expect(server.requests).toHaveLength(1);
  });

  it('returns quickly when nothing is in flight', async () => {
    const { messaging, close } = await open();
    await messaging.send(messageTo());
    expect((await timed(close)).ms).toBeLessThan(2000);
  });

  it('may be called twice, also when nothing was sent', async () => {
    const { close } = await open();
    await close();
    await close();
  });

  it('leaves one correct result for every message of sendMany', async () => {
    const { messaging, close } = await open();
    const outcomes = new Map<number, string>();
    let closing: Promise<void> | undefined;
    const messages = Array.from({ length: 200 }, (_, index) => messageTo(phoneOf(index)));
    for await (const { index, sent, error } of messaging.sendMany(messages, { concurrency: 4 })) {
      expect(outcomes.has(index)).toBe(false);
      outcomes.set(index, sent ? 'sent' : (error?.outcome ?? 'none'));
      if (outcomes.size === 10) closing = close();
    }
    await closing;
    const count = (outcome: string) => [...outcomes.values()].filter((value) => value === outcome).length;
    expect(count('none')).toBe(0);
    expect(count('sent')).toBeGreaterThanOrEqual(10);
    expect(count('sent') + count('unknown')).toBeGreaterThanOrEqual(server.requests.length);
    expect(count('sent')).toBeLessThanOrEqual(server.requests.length);
  });
});

describe('After app.close()', () => {
  it('rejects a send with not-sent and a clear message, without a request', async () => {
    const { messaging, zApi, close } = await open();
    await messaging.send(messageTo());
    await close();
    const failures = [
      errorOf(messaging.send(messageTo())),
      errorOf(messaging.send(messageTo(), { idempotencyKey: 'key', deadlineMs: 1000 })),
      errorOf(messaging.ask(messageTo())),
      errorOf(zApi.sendText({ phone: phoneOf(0), message: 'Hello' })),
    ];
    for (const error of await Promise.all(failures)) {
      expect(error).toBeInstanceOf(ButtonMessagingError);
      expect(error.outcome).toBe('not-sent');
      expect(error.message).toMatch(/clos|shut|stop/i);
    }
    expect(server.requests).toHaveLength(1);
  });

  it('leaves no sockets and no timers', async () => {
    const left = (kind: string) => process.getActiveResourcesInfo().filter((name) => name === kind).length;
    const [sockets, timers] = [left('TCPSocketWrap'), left('Timeout')];
    const { messaging, close } = await open();
    await Promise.all(Array.from({ length: 20 }, (_, index) => messaging.send(messageTo(phoneOf(index)))));
    expect(left('TCPSocketWrap')).toBeGreaterThan(sockets);
    await close();
    await until(() => left('TCPSocketWrap') <= sockets, 3000);
    expect(left('Timeout')).toBeLessThanOrEqual(timers);
  });

  it('leaves no sockets when a send was cut off', async () => {
    const left = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const sockets = left();
    server.always(silence);
    const { messaging, close } = await open({ http: { closeTimeoutMs: 100, timeoutMs: 60_000 } });
    const failure = errorOf(messaging.send(messageTo(), { deadlineMs: 120_000 }));
    await until(() => server.requests.length === 1);
    await close();
    await failure;
    await until(() => left() <= sockets, 3000);
  });
});

it('app.close() does not affect another application', async () => {
  server.always(held.reply);
  const [first, second] = [await open(), await open()];
  const sending = second.messaging.send(messageTo());
  await until(() => held.count === 1);
  await first.close();
  held.releaseAll();
  expect(await sending).toMatchObject({ messageId: 'MESSAGE1' });
  server.reset();
  expect(await second.messaging.send(messageTo())).toMatchObject({ attempts: 1 });
});
