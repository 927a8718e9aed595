import { getEventListeners } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ButtonMessagingModuleOptions, SendAbortedError, type SendOptions } from '../../../lib/index.js';
import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { HeldResponses, reset, silence } from '../../support/responses.js';
import { TcpServer } from '../../support/tcp-server.js';
import { OpenApps, type TestApp } from '../../support/test-app.js';
import { timed, until } from '../../support/time.js';
import { listenerWarningsOf } from '../../support/warnings.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
let server: FakeProvider;
let controller: AbortController;
beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  controller = new AbortController();
});
afterEach(apps.close);

const open = (given: ButtonMessagingModuleOptions = {}) =>
  apps.open({
    accounts: [zApiAccount(server.url), chatvoltAccount(server.url), cloudAccount(server.url)],
    defaultAccount: 'zap',
    retry: { baseDelayMs: 1 },
    breaker: false,
    ...given,
  });
const slow = () => zApiAccount(server.url, { pacing: { perSecond: 0.1, burst: 1 } });
const phone = phoneOf(0);

type Call = (app: TestApp, options: SendOptions) => Promise<unknown>;
const button = { button_1_id: 'yes', button_1_title: 'Yes' };
const reply = { type: 'reply' as const, reply: { id: 'yes', title: 'Yes' } };
const METHODS: [string, Call][] = [
  ['ButtonMessagingService.send', ({ messaging }, options) => messaging.send(messageTo(), options)],
  ['ZApiService.sendText', ({ zApi }, options) => zApi.sendText({ phone, message: 'x' }, options)],
  [
    'ZApiService.sendButtonActions',
    ({ zApi }, options) =>
      zApi.sendButtonActions({ phone, message: 'x', buttonActions: [{ type: 'REPLY', label: 'Yes' }] }, options),
  ],
  [
    'ZApiService.sendButtonList',
    ({ zApi }, options) =>
      zApi.sendButtonList({ phone, message: 'x', buttonList: { buttons: [{ label: 'Yes' }] } }, options),
  ],
  ['ZApiService.sendButtonOtp', ({ zApi }, options) => zApi.sendButtonOtp({ phone, message: 'x', code: '1' }, options)],
  ['ZApiService.status', ({ zApi }, options) => zApi.status(options)],
  ['ZApiService.phoneExists', ({ zApi }, options) => zApi.phoneExists(phone, options)],
  [
    'ChatvoltService.sendButtons',
    ({ chatvolt }, options) => chatvolt.sendButtons({ conversationId: 'conv', body_text: 'x', ...button }, options),
  ],
  [
    'ChatvoltService.sendMessage',
    ({ chatvolt }, options) => chatvolt.sendMessage({ conversationId: 'conv', message: 'x' }, options),
  ],
  ['ChatvoltService.findConversation', ({ chatvolt }, options) => chatvolt.findConversation({ phone }, options)],
  [
    'WhatsAppCloudService.sendReplyButtons',
    ({ cloud }, options) =>
      cloud.sendReplyButtons(
        { to: phone, interactive: { type: 'button', body: { text: 'x' }, action: { buttons: [reply] } } },
        options,
      ),
  ],
  [
    'WhatsAppCloudService.sendText',
    ({ cloud }, options) => cloud.sendText({ to: phone, text: { body: 'x' } }, options),
  ],
];

describe.each(METHODS)('options.signal of %s', (_name, call) => {
  it('makes no request when aborted before the call', async () => {
    const error = await errorOf(call(await open(), { signal: AbortSignal.abort() }));
    expect(error).toBeInstanceOf(SendAbortedError);
    expect(error.outcome).toBe('not-sent');
    expect(server.requests).toHaveLength(0);
  });

  it('ends the call at once when aborted during the request', async () => {
    server.always(silence);
    const app = await open();
    const { value: error, ms } = await timed(async () => {
      const failure = errorOf(call(app, { signal: controller.signal }));
      await until(() => server.requests.length === 1);
      controller.abort();
      return failure;
    });
    expect(error).toBeInstanceOf(SendAbortedError);
    expect(ms).toBeLessThan(3000);
    expect(server.requests).toHaveLength(1);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});

describe('An aborted send', () => {
  it.each(METHODS.filter(([name]) => /send/.test(name)))(
    'reports an unknown outcome when aborted during the request: %s',
    async (_name, call) => {
      server.always(silence);
      const failure = errorOf(call(await open(), { signal: controller.signal }));
      await until(() => server.requests.length === 1);
      controller.abort(new Error('a reason of the user'));
      expect(await failure).toMatchObject({ code: 'send-aborted', outcome: 'unknown', retryable: false });
    },
  );

  it('reports not-sent when aborted while it waits for a rate-limit slot', async () => {
    const { messaging } = await open({ accounts: [slow()] });
    const start = performance.now();
    await messaging.send(messageTo());
    const waiting = Array.from({ length: 5 }, () =>
      errorOf(messaging.send(messageTo(), { signal: controller.signal })),
    );
    setImmediate(() => controller.abort());
    for (const error of await Promise.all(waiting)) {
      expect(error).toBeInstanceOf(SendAbortedError);
      expect(error.outcome).toBe('not-sent');
    }
    expect(performance.now() - start).toBeLessThan(3000);
    expect(server.requests).toHaveLength(1);
  });

  it('reports not-sent when aborted while it waits for the next attempt', async () => {
    server.always({ status: 503, headers: { 'Retry-After': '8' } });
    const { messaging } = await open();
    const { value: error, ms } = await timed(async () => {
      const failure = errorOf(messaging.send(messageTo(), { signal: controller.signal }));
      await until(() => server.requests.length === 1);
      setTimeout(() => controller.abort(), 100);
      return failure;
    });
    expect(error).toMatchObject({ code: 'send-aborted', outcome: 'not-sent' });
    expect(ms).toBeLessThan(3000);
    expect(server.requests).toHaveLength(1);
  });

  it('reports not-sent when aborted while it connects', async () => {
    const raw = await TcpServer.silent();
    const { messaging } = await open({ accounts: [zApiAccount(raw.tlsUrl)] });
    const failure = errorOf(messaging.send(messageTo(), { signal: controller.signal }));
    await until(() => raw.connections === 1);
    controller.abort();
    expect(await failure).toMatchObject({ code: 'send-aborted', outcome: 'not-sent' });
    await raw.close();
  });

  it('does not fail over to another account', async () => {
    server.always(silence);
    const accounts = ['a', 'b'].map((name) => zApiAccount(server.url, { name }));
    const { messaging } = await open({ accounts, defaultAccount: 'a' });
    const failure = errorOf(messaging.send(messageTo(), { via: ['a', 'b'], signal: controller.signal }));
    await until(() => server.requests.length === 1);
    controller.abort();
    expect(await failure).toMatchObject({ code: 'send-aborted', account: 'a' });
    expect(server.requests).toHaveLength(1);
  });

  it('keeps its result when aborted after the end', async () => {
    const { messaging } = await open();
    const sent = await messaging.send(messageTo(), { signal: controller.signal });
    controller.abort();
    expect(sent).toMatchObject({ messageId: 'MESSAGE1' });
    expect(await messaging.send(messageTo())).toMatchObject({ messageId: 'MESSAGE1' });
  });
});

describe('Abort listeners and timers', () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const long = { timeoutMs: 600_000, deadlineMs: 600_000 };

  it('are removed after successful, rejected, lost and retried sends', async () => {
    const { messaging } = await open();
    const { signal } = controller;
    await messaging.send(messageTo());
    const before = timers();
    server.next(
      { status: 400, body: { error: 'bad' } },
      reset,
      { status: 503, headers: { 'Retry-After': '0' } },
      { status: 429, headers: { 'Retry-After': '1' } },
    );
    for (let index = 0; index < 10; index += 1) {
      await messaging.send(messageTo(), { ...long, signal, idempotencyKey: `key-${index}` }).catch(() => {});
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('are removed after aborted sends', async () => {
    const { messaging } = await open({ accounts: [slow()] });
    await messaging.send(messageTo());
    const before = timers();
    const { signal } = controller;
    const failures = Array.from({ length: 5 }, () => errorOf(messaging.send(messageTo(), { ...long, signal })));
    setImmediate(() => controller.abort());
    await Promise.all(failures);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('are removed when a rate-limit slot would exceed the deadline', async () => {
    const { messaging } = await open({ accounts: [slow()] });
    await messaging.send(messageTo());
    const before = timers();
    const { signal } = controller;
    await errorOf(messaging.send(messageTo(), { signal, deadlineMs: 2000 }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('are removed from calls that share an idempotency key', async () => {
    const held = new HeldResponses();
    server.always(held.reply);
    const { messaging } = await open();
    const { signal } = controller;
    const calls = Array.from({ length: 5 }, () =>
      messaging.send(messageTo(), { ...long, signal, idempotencyKey: 'k' }),
    );
    await until(() => held.count === 1);
    held.releaseAll();
    await Promise.all(calls);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('do not cause a Node.js warning when one signal serves 40 sends', async () => {
    const { messaging } = await open();
    const { signal } = controller;
    const warnings = await listenerWarningsOf(() =>
      Promise.all(Array.from({ length: 40 }, () => messaging.send(messageTo(), { ...long, signal }))),
    );
    expect(warnings).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('do not cause a Node.js warning when 40 sends wait at once', async () => {
    server.next(...Array.from({ length: 40 }, () => ({ status: 503, headers: { 'Retry-After': '1' } })));
    const { messaging } = await open();
    const warnings = await listenerWarningsOf(() =>
      Promise.all(Array.from({ length: 40 }, (_, index) => messaging.send(messageTo(phoneOf(index))))),
    );
    expect(warnings).toEqual([]);
  });
});
