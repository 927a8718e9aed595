import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ButtonMessage,
  type ButtonMessageOptions,
  ProviderRejectedError,
  type SentMessage,
  UnknownOutcomeError,
  UnsupportedMessageError,
} from '../../../lib/index.js';
import { chatvoltAccount, oneOfEach, zApiAccount } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { hangUp } from '../../support/responses.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import {
  A,
  actions,
  call,
  cloud,
  cloudReplies,
  copy,
  flat,
  IDS,
  MAPPED,
  message,
  PAIRS,
  phone,
  reply,
  toConversation,
  UNSUPPORTED,
  url,
} from './button-message.table.js';

describe('ButtonMessagingService.send', () => {
  let server: FakeProvider;
  let app: TestApp;
  let own: TestApp | undefined;
  beforeAll(async () => {
    server = await FakeProvider.start();
    app = await openAppWithoutRetries({ accounts: oneOfEach(server.url), defaultAccount: 'zap' });
  });
  beforeEach(() => void server.reset().always({ body: IDS }));
  afterEach(async () => {
    await own?.close();
    own = undefined;
  });
  afterAll(async () => {
    await app.close();
    await server.close();
  });
  const send = (given: Partial<ButtonMessage>, options?: ButtonMessageOptions) =>
    app.messaging.send(message(given), options);
  const endpoints = () => server.requests.map((request) => request.url.split('/').pop());

  it.each(MAPPED)('sends from %s: %s', async (account, _what, given, endpoint, body) => {
    const sent = await send(given, { account });
    expect(server.bodies).toEqual([body]);
    expect(server.requests[0]?.url.endsWith(endpoint)).toBe(true);
    expect(sent).toMatchObject({
      account,
      messageId: 'M1',
      attempts: 1,
      acceptedAt: expect.any(Date),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(sent).not.toHaveProperty('degraded');
  });

  it.each(UNSUPPORTED)('throws UnsupportedMessageError from %s for %s', async (account, _what, given) => {
    const error = await errorOf(send(given, { account }));
    expect(error).toBeInstanceOf(UnsupportedMessageError);
    expect((error as UnsupportedMessageError).reasons.length).toBeGreaterThan(0);
    expect(error).toMatchObject({ code: 'unsupported-message', outcome: 'not-sent', retryable: false });
    expect(server.requests).toEqual([]);
  });

  it('returns every account from carriers() and sends nothing', async () => {
    const carriers = await app.messaging.carriers(message());
    expect(carriers.map(({ account, provider, carries, as }) => [account, provider, carries, as])).toEqual([
      ['zap', 'z-api', true, 'buttons'],
      ['volt', 'chatvolt', false, undefined],
      ['meta', 'whatsapp-cloud', true, 'buttons'],
    ]);
    expect(carriers.map(({ carries, reasons }) => carries === (reasons.length === 0))).toEqual([true, true, true]);
    expect(server.requests).toEqual([]);
  });

  it.each([
    [[reply('a'), url], { mixed: 'split' }, { zap: 'split', meta: 'split' }],
    [[reply('a'), url], {}, {}],
    [[reply('a'), url], { fallback: 'text' }, { zap: 'text', meta: 'text' }],
    [[call], { fallback: 'text' }, { zap: 'buttons', meta: 'text' }],
    [[copy], {}, { zap: 'buttons' }],
  ] as const)(
    'returns from carriers() with %j and %j the accounts and their forms',
    async (buttons, options, forms) => {
      const carriers = await app.messaging.carriers(message({ buttons: [...buttons] }), options);
      expect(
        Object.fromEntries(
          carriers
            .filter(({ account, carries }) => carries && account !== 'volt')
            .map(({ account, as }) => [account, as]),
        ),
      ).toEqual(forms);
    },
  );

  it.each([
    ['zap', {}, ['send-button-actions', 'send-button-actions']],
    ['meta', {}, ['messages', 'messages']],
    ['volt', { to: toConversation }, ['send-cta', 'send-buttons']],
  ])('splits mixed buttons for %s into links first, replies last', async (account, more, expected) => {
    server.next(
      { body: { messageId: 'P1', messages: [{ id: 'P1' }] } },
      { body: { messageId: 'P2', messages: [{ id: 'P2' }] } },
    );
    const sent = await send({ buttons: [reply('a'), url, reply('b')], ...more }, { account, mixed: 'split' });
    expect(endpoints()).toEqual(expected);
    const [first, second] = server.requests.map(({ body }) => body);
    expect(first).toContain(url.url);
    expect(first).not.toContain('"a"');
    expect(second).not.toContain(url.url);
    expect(second).toMatch(/"a".*"b"/);
    for (const body of [first, second]) expect(body).toContain('Hello');
    expect(sent).toMatchObject({ account, degraded: 'split', parts: [{ messageId: 'P1' }, { messageId: 'P2' }] });
    expect(sent.parts).toHaveLength(2);
  });

  it.each([
    ['rejected', { status: 400, body: { error: 'no' } }],
    ['lost', hangUp],
    ['rate-limited', { status: 429 }],
  ])('reports an unknown outcome when the second part is %s', async (_what, answer) => {
    own = await openAppWithoutRetries({ accounts: oneOfEach(server.url) });
    server.next({ body: { messageId: 'P1' } }, answer);
    const buttons = [reply('a'), url];
    const error = await errorOf(own.messaging.send(message({ buttons }), { mixed: 'split', via: ['zap', 'meta'] }));
    expect(error).toBeInstanceOf(UnknownOutcomeError);
    expect((error as UnknownOutcomeError).parts).toMatchObject([{ messageId: 'P1' }]);
    expect((error as UnknownOutcomeError).parts).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });

  it('reports a rejection when the first part is rejected', async () => {
    server.next({ status: 400, body: { error: 'no' } });
    const error = await errorOf(send({ buttons: [reply('a'), url] }, { account: 'zap', mixed: 'split' }));
    expect(error).toBeInstanceOf(ProviderRejectedError);
    expect(server.requests).toHaveLength(1);
  });

  it('sends mixed buttons as one message when the limits allow it', async () => {
    own = await openAppWithoutRetries({ accounts: [zApiAccount(server.url)], limits: { mixedButtons: 'allow' } });
    const sent = await own.messaging.send(message({ buttons: [reply('a'), url] }), { mixed: 'split' });
    expect(server.bodies).toEqual([{ ...actions, buttonActions: [A, { type: 'URL', label: 'Open', url: url.url }] }]);
    expect(sent).not.toHaveProperty('degraded');
  });

  it.each([
    ['meta', { buttons: [url, call, copy] }, 'messages', (body: { text: { body: string } }) => body.text.body],
    ['zap', { buttons: [reply('a'), url, call, copy] }, 'send-text', (body: { message: string }) => body.message],
    ['volt', { to: toConversation, buttons: [url, call, copy] }, 'conv-1', (body: { message: string }) => body.message],
  ])('sends a numbered text fallback for %s', async (account, given, endpoint, textOf) => {
    const sent = await send({ footer: 'The end', ...given }, { account, fallback: 'text' });
    expect(endpoints()).toEqual([endpoint]);
    const lines = textOf(server.bodies[0] as never)
      .split('\n')
      .filter((line) => line !== '');
    expect(lines).toHaveLength(given.buttons.length + 2);
    expect([lines[0], lines.at(-1)]).toEqual(['Hello', 'The end']);
    for (const [index, button] of given.buttons.entries()) {
      expect(lines[index + 1]).toMatch(new RegExp(`^${index + 1}\\. ${button.title}`));
      if (button.type === 'url') expect(lines[index + 1]).toContain(button.url);
      if (button.type === 'copy') expect(lines[index + 1]).toContain(button.code);
      if (button.type === 'call') expect(lines[index + 1]?.replaceAll(/\D/g, '')).toContain('551188887777');
    }
    expect(sent).toMatchObject({ account, degraded: 'text', messageId: 'M1' });
  });

  it('does not use the fallback when the account supports the buttons', async () => {
    expect(await send({}, { account: 'meta', fallback: 'text' })).not.toHaveProperty('degraded');
    expect(server.bodies).toEqual([cloud(cloudReplies)]);
  });

  it('looks up the conversation of a phone number with lookUpConversations', async () => {
    own = await openAppWithoutRetries({ accounts: [chatvoltAccount(server.url, { lookUpConversations: true })] });
    server.next({ body: [{ id: 'conv-1', createdAt: '2026-01-01T00:00:00Z', channelExternalId: phone }] });
    await own.messaging.send(message());
    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(server.bodies[1]).toEqual({ ...flat, ...PAIRS });
    server.reset().always({ body: '[]' });
    const error = await errorOf(own.messaging.send(message({ to: '5521988887777' })));
    expect(error.outcome).toBe('not-sent');
    expect(server.requests.map(({ method }) => method)).not.toContain('POST');
  });

  it.each(REGISTRATIONS)('works the same when registered by %s', async (_name, register) => {
    own = await openAppWithoutRetries({ accounts: oneOfEach(server.url), defaultAccount: 'zap' }, { register });
    const sent: SentMessage[] = [];
    for (const account of ['zap', 'meta']) sent.push(await own.messaging.send(message(), { account }));
    sent.push(await own.messaging.send(message({ buttons: [reply('a'), url] }), { mixed: 'split' }));
    expect(sent.map(({ account, provider, degraded }) => [account, provider, degraded])).toEqual([
      ['zap', 'z-api', undefined],
      ['meta', 'whatsapp-cloud', undefined],
      ['zap', 'z-api', 'split'],
    ]);
    expect(server.requests).toHaveLength(4);
  });
});
