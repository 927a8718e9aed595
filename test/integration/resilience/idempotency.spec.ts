import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type ButtonMessagingModuleOptions,
  IdempotencyConflictError,
  IdempotencyStore,
  ProviderRejectedError,
  SendAbortedError,
  type SendOptions,
  UnknownOutcomeError,
} from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import { HeldResponses, hangUp, reset, silence } from '../../support/responses.js';
import { OpenApps, type TestApp } from '../../support/test-app.js';
import { until } from '../../support/time.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
let server: FakeProvider;
beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());
beforeEach(() => void server.reset());
afterEach(apps.close);

/** Responds with a new ID each time, so that two requests have different results. */
function numbered(): FakeResponse {
  let number = 0;
  return (_request, response) => {
    number += 1;
    const ids = { zaapId: `ZAAP${number}`, messageId: `MESSAGE${number}` };
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(ids));
  };
}

const refusal: FakeResponse = { status: 400, body: { error: 'bad' } };
const idempotencyKey = 'order-1';
const open = (given: ButtonMessagingModuleOptions = {}) =>
  apps.open({
    accounts: [zApiAccount(server.url, { name: 'a' }), zApiAccount(server.url, { name: 'b' })],
    defaultAccount: 'a',
    retry: { baseDelayMs: 1 },
    breaker: false,
    ...given,
  });

type Send = (app: TestApp, text: string, options: SendOptions) => Promise<unknown>;
const WAYS: [string, Send][] = [
  [
    'ButtonMessagingService.send',
    ({ messaging }, text, options) => messaging.send(messageTo(phoneOf(1), text), options),
  ],
  ['ZApiService.sendText', ({ zApi }, message, options) => zApi.sendText({ phone: phoneOf(1), message }, options)],
  [
    'ZApiService.sendButtonActions',
    ({ zApi }, message, options) =>
      zApi.sendButtonActions(
        { phone: phoneOf(1), message, buttonActions: [{ type: 'REPLY', id: 'yes', label: 'Yes' }] },
        options,
      ),
  ],
];

describe.each(WAYS)('Idempotency key in %s', (_name, send) => {
  beforeEach(() => void server.always(numbered()));

  it('makes one request for twenty concurrent calls and returns one result', async () => {
    const app = await open();
    const results = await Promise.all(Array.from({ length: 20 }, () => send(app, 'Hello', { idempotencyKey })));
    expect(server.requests).toHaveLength(1);
    for (const result of results) expect(result).toEqual(results[0]);
  });

  it('returns the first result to a later call', async () => {
    const app = await open();
    const first = await send(app, 'Hello', { idempotencyKey });
    expect(await send(app, 'Hello', { idempotencyKey })).toEqual(first);
    expect(server.requests).toHaveLength(1);
    expect(await send(app, 'Hello', { idempotencyKey: 'order-2' })).not.toEqual(first);
    expect(await send(app, 'Hello', {})).not.toEqual(first);
    expect(server.requests).toHaveLength(3);
  });

  it('rejects other content during and after the first send', async () => {
    const held = new HeldResponses();
    server.always(held.reply);
    const app = await open();
    const first = send(app, 'Hello', { idempotencyKey });
    await until(() => held.count === 1);
    const early = await errorOf(send(app, 'Goodbye', { idempotencyKey }));
    held.releaseAll();
    await first;
    const late = await errorOf(send(app, 'Goodbye', { idempotencyKey }));
    for (const error of [early, late]) {
      expect(error).toBeInstanceOf(IdempotencyConflictError);
      expect(error).toMatchObject({ outcome: 'not-sent', retryable: false, code: 'idempotency-conflict' });
    }
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, FakeResponse]>([
    ['a reset connection', reset],
    ['a closed connection', hangUp],
    ['a timeout', silence],
    ['a 500', { status: 500 }],
  ])('is consumed by an unknown outcome: %s', async (_case, reply) => {
    server.next(reply);
    const app = await open({ http: { timeoutMs: 300 } });
    const joined = Array.from({ length: 5 }, () => errorOf(send(app, 'Hello', { idempotencyKey })));
    for (const error of await Promise.all(joined)) expect(error).toBeInstanceOf(UnknownOutcomeError);
    expect(await errorOf(send(app, 'Hello', { idempotencyKey }))).toBeInstanceOf(UnknownOutcomeError);
    expect(server.requests).toHaveLength(1);
  });

  it('is free again after a rejection', async () => {
    server.next(refusal);
    const app = await open();
    expect(await errorOf(send(app, 'Hello', { idempotencyKey }))).toBeInstanceOf(ProviderRejectedError);
    await send(app, 'Hello', { idempotencyKey });
    expect(server.requests).toHaveLength(2);
  });

  it('is free again for other content after a rejection', async () => {
    server.next(refusal);
    const app = await open();
    await errorOf(send(app, 'Hello', { idempotencyKey }));
    await send(app, 'Hello again', { idempotencyKey });
    expect(server.requests).toHaveLength(2);
  });

  it('is kept across retries', async () => {
    server.next({ status: 429, headers: { 'Retry-After': '0' } }, { status: 503, headers: { 'Retry-After': '0' } });
    const app = await open();
    const results = await Promise.all(Array.from({ length: 5 }, () => send(app, 'Hello', { idempotencyKey })));
    for (const result of results) expect(result).toEqual(results[0]);
    expect(server.requests).toHaveLength(3);
  });

  it('is separate for each account', async () => {
    const app = await open();
    const first = await send(app, 'Hello', { idempotencyKey, account: 'a' });
    expect(await send(app, 'Goodbye', { idempotencyKey, account: 'b' })).not.toEqual(first);
    expect(await send(app, 'Hello', { idempotencyKey, account: 'a' })).toEqual(first);
    expect(server.requests).toHaveLength(2);
  });

  it.each([0, 1, 4])('serves the other calls when call %i of five is aborted', async (leaver) => {
    const held = new HeldResponses();
    server.always(held.reply);
    const app = await open();
    const controller = new AbortController();
    const calls = Array.from({ length: 5 }, (_, index) =>
      send(app, 'Hello', { idempotencyKey, ...(index === leaver && { signal: controller.signal }) }),
    );
    const left = errorOf(calls[leaver] as Promise<unknown>);
    await until(() => held.count === 1);
    controller.abort();
    expect(await left).toBeInstanceOf(SendAbortedError);
    expect((await left).outcome).toBe('unknown');
    held.releaseAll();
    const results = await Promise.all(calls.filter((_, index) => index !== leaver));
    for (const result of results) expect(result).toEqual(results[0]);
    await send(app, 'Hello', { idempotencyKey });
    expect(server.requests).toHaveLength(1);
  });

  it('is consumed when its only call is aborted during the request', async () => {
    const held = new HeldResponses();
    server.next(held.reply);
    const app = await open();
    const controller = new AbortController();
    const left = errorOf(send(app, 'Hello', { idempotencyKey, signal: controller.signal }));
    await until(() => held.count === 1);
    controller.abort();
    expect(await left).toMatchObject({ code: 'send-aborted', outcome: 'unknown' });
    expect(await errorOf(send(app, 'Hello', { idempotencyKey }))).toBeInstanceOf(UnknownOutcomeError);
    expect(server.requests).toHaveLength(1);
  });

  it('is free again when its only call is aborted before the request', async () => {
    const accounts = [zApiAccount(server.url, { pacing: { perSecond: 2, burst: 1 } })];
    const app = await apps.open({ accounts });
    await send(app, 'First', {});
    const controller = new AbortController();
    const left = errorOf(send(app, 'Hello', { idempotencyKey, signal: controller.signal }));
    setImmediate(() => controller.abort());
    expect(await left).toMatchObject({ code: 'send-aborted', outcome: 'not-sent' });
    await send(app, 'Hello', { idempotencyKey });
    expect(server.requests).toHaveLength(2);
  });
});

describe('Idempotency key', () => {
  beforeEach(() => void server.always(numbered()));

  it('is kept across failover', async () => {
    server.next({ status: 400, body: { error: 'Instance not found' } });
    const { messaging } = await open();
    const send = () => messaging.send(messageTo(), { via: ['a', 'b'], idempotencyKey });
    const [first, second] = await Promise.all([send(), send()]);
    expect(first).toMatchObject({ account: 'b', tried: [{ account: 'a', code: 'authentication' }] });
    expect(second).toEqual(first);
    expect(await send()).toEqual(first);
    expect(server.requests).toHaveLength(2);
  });

  it('is consumed when failover ends in an unknown outcome', async () => {
    server.next({ status: 400, body: { error: 'Instance not found' } }, reset);
    const { messaging } = await open();
    const send = () => messaging.send(messageTo(), { via: ['a', 'b'], idempotencyKey });
    expect(await errorOf(send())).toBeInstanceOf(UnknownOutcomeError);
    expect(await errorOf(send())).toBeInstanceOf(UnknownOutcomeError);
    expect(server.requests).toHaveLength(2);
  });

  it('is free again when every account rejects the message', async () => {
    const denied: FakeResponse = { status: 400, body: { error: 'Instance not found' } };
    server.next(denied, denied);
    const { messaging } = await open();
    const send = () => messaging.send(messageTo(), { via: ['a', 'b'], idempotencyKey });
    await errorOf(send());
    expect(await send()).toMatchObject({ account: 'a' });
    expect(server.requests).toHaveLength(3);
  });

  it('treats content with another field order as equal', async () => {
    const { messaging } = await open();
    const { to, text } = messageTo();
    await messaging.send({ to, text, buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }] }, { idempotencyKey });
    await messaging.send({ buttons: [{ title: 'Yes', id: 'yes', type: 'reply' }], text, to }, { idempotencyKey });
    expect(server.requests).toHaveLength(1);
  });

  it('treats another recipient, button or footer as other content', async () => {
    const { messaging } = await open();
    const message = messageTo();
    await messaging.send(message, { idempotencyKey });
    const others = [
      { ...message, to: phoneOf(7) },
      { ...message, buttons: [{ type: 'reply' as const, id: 'no', title: 'Yes' }] },
      { ...message, footer: 'Bye' },
    ];
    for (const other of others) {
      expect(await errorOf(messaging.send(other, { idempotencyKey }))).toBeInstanceOf(IdempotencyConflictError);
    }
    expect(server.requests).toHaveLength(1);
  });

  it('is shared by applications with the same store', async () => {
    const first = await open();
    const store = first.app.get(IdempotencyStore, { strict: false });
    const second = await open({ extraProviders: [{ provide: IdempotencyStore, useValue: store }] });
    const sent = await first.messaging.send(messageTo(), { idempotencyKey });
    expect(await second.messaging.send(messageTo(), { idempotencyKey })).toEqual(sent);
    server.next(reset);
    await errorOf(first.messaging.send(messageTo(), { idempotencyKey: 'order-2' }));
    const again = await errorOf(second.messaging.send(messageTo(), { idempotencyKey: 'order-2' }));
    expect(again).toBeInstanceOf(UnknownOutcomeError);
    expect(server.requests).toHaveLength(2);
  });

  it('is not shared by applications with their own stores', async () => {
    const [first, second] = [await open(), await open()];
    await first.messaging.send(messageTo(), { idempotencyKey });
    await second.messaging.send(messageTo(), { idempotencyKey });
    expect(server.requests).toHaveLength(2);
  });
});
