import { afterEach, describe, expect, test } from '@jest/globals';
import { Test } from '@nestjs/testing';
import {
  type ButtonMessage,
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  ButtonMessagingService,
  ButtonMessagingWebhooks,
  ConfigurationError,
  SendAbortedError,
  UnknownOutcomeError,
} from '../../../lib/index.js';
import { providerContract, RecordingTransport, recordMessages } from '../../../lib/testing/index.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { deferred, settled, timed, until } from '../../support/time.js';
import { PLATFORMS, type WebhookAppSetup, WebhookApps } from '../../support/webhook-app.js';
import { webhookAccounts } from '../../support/webhook-requests.js';
import { InMemoryProvider, WEBHOOK_KEY } from './in-memory.provider.js';

const MESSAGE: ButtonMessage = {
  to: '+55 11 99999-9999',
  text: 'Does ten suit you?',
  buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }],
};
const LINK: ButtonMessage = { ...MESSAGE, buttons: [{ type: 'url', title: 'Shop', url: 'https://example.com' }] };

/** Resolves when the provider has received the request. */
const underWay = (provider: InMemoryProvider) => until(() => provider.asked === 1);

describe('providerContract', () => {
  const start = () => {
    const provider = new InMemoryProvider();
    return {
      provider,
      accepted: () => provider.accepted.length,
      limitNext: () => provider.limitNext(),
      silenceNext: () => provider.silenceNext(),
    };
  };
  test.each(providerContract(start))('$name', ({ run }) => run());
});

describe.each(REGISTRATIONS)('Custom provider, registered by %s', (_name, register) => {
  const { start, close } = new WebhookApps();
  afterEach(close);

  const startApp = async (options: ButtonMessagingModuleOptions = {}, setup: WebhookAppSetup = {}) => {
    const provider = new InMemoryProvider();
    const accounts = [{ provider, name: 'memory' }, ...webhookAccounts().filter(({ name }) => name === 'z')];
    const given = { accounts, defaultAccount: 'memory', breaker: false as const, ...options };
    return { provider, app: await start({ register, options: given, ...setup }) };
  };

  test('sends a message and reports provider and account', async () => {
    const { provider, app } = await startApp();
    const sent = await app.messaging.send(MESSAGE);
    expect(sent).toMatchObject({ provider: 'custom:in-memory', account: 'memory', messageId: 'memory-1', attempts: 1 });
    expect(provider.accepted).toEqual([
      {
        operation: 'choose',
        recipient: '5511999999999',
        body: { text: MESSAGE.text, choices: [{ id: 'yes', title: 'Yes' }] },
      },
    ]);
  });

  test('retries what was not sent and never retries an unknown outcome', async () => {
    const { provider, app } = await startApp({ retry: { attempts: 3, baseDelayMs: 1 } });
    provider.limitNext();
    expect((await app.messaging.send(MESSAGE)).attempts).toBe(2);
    provider.failNext(new Error(`broken, with ${WEBHOOK_KEY}`));
    const failed = app.messaging.send(MESSAGE);
    await expect(failed).rejects.toBeInstanceOf(UnknownOutcomeError);
    await expect(failed).rejects.not.toThrow(WEBHOOK_KEY);
    expect(provider.accepted).toHaveLength(1);
  });

  test('ends a send at its timeout and on the caller’s signal', async () => {
    const { provider, app } = await startApp();
    provider.silenceNext();
    const late = app.messaging.send(MESSAGE, { timeoutMs: 30 });
    await expect(late).rejects.toThrow('custom:in-memory did not respond within 30 ms. The message may have been sent');
    provider.silenceNext();
    const end = new AbortController();
    const sending = app.messaging.send(MESSAGE, { signal: end.signal });
    setTimeout(() => end.abort(), 20);
    await expect(sending).rejects.toMatchObject({ code: 'send-aborted', outcome: 'unknown' });
    const before = app.messaging.send(MESSAGE, { signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ code: 'send-aborted', outcome: 'not-sent' });
    await expect(before).rejects.toBeInstanceOf(SendAbortedError);
  });

  test('sends a text fallback, or reports why a message is unsupported', async () => {
    const { provider, app } = await startApp();
    await expect(app.messaging.send(LINK)).rejects.toMatchObject({ reasons: ['it has reply buttons only'] });
    expect((await app.messaging.send(LINK, { fallback: 'text' })).degraded).toBe('text');
    expect(provider.accepted[0]?.body).toEqual({ text: `${LINK.text}\n\n1. Shop: https://example.com` });
    const [carrier] = await app.messaging.carriers(LINK);
    expect(carrier).toMatchObject({ account: 'memory', provider: 'custom:in-memory', carries: false });
    const [preview] = await app.messaging.preview(MESSAGE);
    expect(preview?.requests).toEqual([{ method: 'POST', path: 'choose', body: expect.anything() }]);
  });

  test('is one of the accounts of options.via', async () => {
    const other = new InMemoryProvider();
    const { provider, app } = await startApp({
      accounts: [{ provider: other, name: 'other' }],
      resolveAccount: (name) => ({ provider, name }),
    });
    other.limitNext();
    const sent = await app.messaging.send(MESSAGE, { via: ['other', 'found'] });
    expect(sent).toMatchObject({ account: 'found', tried: [{ account: 'other', code: 'rate-limited' }] });
  });

  test.each(PLATFORMS)('receives its webhooks on %s', async (_platform, platform) => {
    const { app } = await startApp({ webhooks: {} }, { platform });
    const post = (key: string) =>
      fetch(`${app.url}/webhooks/custom/memory`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Key': key },
        body: JSON.stringify({ press: 'yes', of: 'memory-1', by: '5511999999999' }),
      });
    const asked = app.messaging.ask(MESSAGE);
    await until(async () => (await post('stranger')).status === 401);
    expect((await post(WEBHOOK_KEY)).status).toBe(200);
    const reply = await asked;
    expect(reply).toMatchObject({ provider: 'custom:in-memory', account: 'memory', button: { id: 'yes' } });
    expect(reply.sent?.account).toBe('memory');
    const unknown = await app.app
      .get(ButtonMessagingWebhooks, { strict: false })
      .handle('custom', 'z', { headers: {} });
    expect(unknown.status).toBe(401);
  });

  test('matches replies by the provider’s own chat ID', async () => {
    const { app, provider } = await startApp({ webhooks: {} });
    provider.nameChats('chat-77');
    const asked = app.messaging.ask(MESSAGE);
    await until(() => provider.accepted.length === 1);
    const body = { typed: 'yes!', in: 'chat-77' };
    const headers = { 'x-key': WEBHOOK_KEY };
    const rawBody = Buffer.from(JSON.stringify(body));
    await app.app.get(ButtonMessagingWebhooks, { strict: false }).handle('custom', 'memory', { headers, rawBody });
    expect(await asked).toMatchObject({ button: { id: 'yes' }, typed: true, from: { conversation: 'chat-77' } });
  });

  test('waits for a send in flight when the application closes', async () => {
    const { provider, app } = await startApp();
    const answer = deferred();
    provider.holdNext(answer.promise);
    const sending = app.messaging.send(MESSAGE);
    await underWay(provider);
    let closed = false;
    const closing = app.close().then(() => {
      closed = true;
    });
    expect(await settled(() => closed)).toBe(false);
    answer.resolve();
    expect(await sending).toMatchObject({ messageId: 'memory-1' });
    await closing;
  });

  test('waits at most closeTimeoutMs for a send; the outcome is then unknown', async () => {
    const { provider, app } = await startApp({ http: { closeTimeoutMs: 300, timeoutMs: 60_000 } });
    provider.silenceNext();
    const sending = app.messaging.send(MESSAGE).catch((error: unknown) => error);
    await underWay(provider);
    const { ms } = await timed(() => app.close());
    expect(ms).toBeGreaterThanOrEqual(299);
    expect(ms).toBeLessThan(3_000);
    expect(await sending).toMatchObject({ code: 'send-aborted', outcome: 'unknown', account: 'memory' });
  });

  test('rejects a send after the application has closed', async () => {
    const { provider, app } = await startApp();
    await app.close();
    const sending = app.messaging.send(MESSAGE);
    await expect(sending).rejects.toMatchObject({ code: 'send-aborted', outcome: 'not-sent', account: 'memory' });
    expect(provider.accepted).toEqual([]);
  });

  test('reports invalid providers at startup', async () => {
    const wrong: Record<string, unknown> = { name: 'In Memory', map: () => ({ reasons: [] }) };
    const accounts = JSON.parse('[{ "name": " a" }]');
    accounts[0].provider = wrong;
    const starting = start({ register, options: { accounts } });
    await expect(starting).rejects.toBeInstanceOf(ConfigurationError);
    await expect(starting).rejects.toMatchObject({
      issues: [{ path: 'accounts[0].provider' }, { path: 'accounts[0].name' }],
    });
  });
});

test('records what a custom provider would send with recordMessages', async () => {
  const transport = new RecordingTransport();
  const provider = new InMemoryProvider();
  const builder = Test.createTestingModule({ imports: [ButtonMessagingModule.forRoot()] });
  const module = await recordMessages(builder, transport, { accounts: [{ provider, name: 'memory' }] }).compile();
  const sent = await module.get(ButtonMessagingService).send(MESSAGE);
  expect(transport.sent).toMatchObject([
    { provider: 'custom:in-memory', endpoint: 'choose', messageId: sent.messageId },
  ]);
  expect(provider.accepted).toEqual([]);
  await module.close();
});
