import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  AuthenticationError,
  type ButtonMessage,
  ButtonMessagingError,
  ButtonMessagingEvents,
  type ButtonMessagingModuleOptions,
  ButtonMessagingService,
  ChatvoltService,
  InvalidMessageError,
  PermissionError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  RecipientNotFoundError,
  ReplyTimeoutError,
  SendAbortedError,
  SubscriptionError,
  UnknownOutcomeError,
  WhatsAppCloudService,
  WindowClosedError,
  ZApiService,
} from '../../../lib/index.js';
import { ButtonMessagingTestingModule, RecordingTransport } from '../../../lib/testing/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { deferred } from '../../support/time.js';
import { Heard } from '../../support/webhook-app.js';

const message: ButtonMessage = {
  to: '+55 11 99999-9999',
  text: 'Tomorrow at 10:00?',
  buttons: [
    { type: 'reply', id: 'yes', title: 'Yes' },
    { type: 'reply', id: 'no', title: 'No' },
  ],
};
const PHONE = '5511999999999';
const CONVERSATION = { conversation: 'conversation-1' };

describe('RecordingTransport', () => {
  let module: TestingModule;
  let messaging: ButtonMessagingService;
  let transport: RecordingTransport;
  let heard: Heard;

  const start = async (options?: ButtonMessagingModuleOptions) => {
    const imports = [ButtonMessagingTestingModule.forRoot({ logger: false, ...options })];
    module = await Test.createTestingModule({ imports, providers: [Heard] }).compile();
    await module.init();
    messaging = module.get(ButtonMessagingService);
    transport = module.get(RecordingTransport);
    heard = module.get(Heard);
  };
  beforeEach(() => start());
  afterEach(async () => {
    jest.useRealTimers();
    await module.close();
  });

  it('records what the services of Z-API and Chatvolt would send', async () => {
    const zApi = module.get(ZApiService);
    const chatvolt = module.get(ChatvoltService);
    const poll = { phone: PHONE, message: 'Which day?', poll: [{ name: 'Monday' }] };
    const template = { phoneNumberId: '1001', to: PHONE, templateName: 'reminder', templateLangCode: 'pt_BR' };
    const place = { conversationId: 'c', latitude: '1', longitude: '2', name: 'N', address: 'A' };
    expect(await zApi.sendPoll(poll)).toMatchObject({ messageId: 'message-1' });
    await zApi.replyButton({ phone: PHONE, responseButtonId: '1', messageId: 'M' });
    await zApi.replyTemplateButton({ phone: PHONE, responseTemplateButtonId: '1', messageId: 'M' });
    expect(await chatvolt.sendTemplate({ ...template, var_patient: 'Ana' })).toMatchObject({ messageId: 'message-4' });
    await chatvolt.sendLocation(place);
    await chatvolt.requestLocation({ conversationId: 'c', body_text: 'Where?' });
    await chatvolt.sendContact({ conversationId: 'c', name_formatted_name: 'Ana', phone_1_phone: PHONE });
    expect(transport.sent.map(({ endpoint, recipient }) => [endpoint, recipient])).toEqual([
      ['send-poll', PHONE],
      ['reply-button', PHONE],
      ['reply-template-button', PHONE],
      ['whatsapp/1001/template-message', PHONE],
      ['messages/interactive/send-location', 'c'],
      ['messages/interactive/location-request', 'c'],
      ['messages/interactive/send-contact', 'c'],
    ]);
    expect(transport.sent[0]?.body).toEqual(poll);
    expect(transport.sent[3]?.body).toMatchObject({ to: PHONE, templateName: 'reminder', var_patient: 'Ana' });
  });

  it('responds to requests that send nothing', async () => {
    await expect(module.get(ZApiService).deleteMessage({ phone: PHONE, messageId: 'M' })).resolves.toBeUndefined();
    const chatvolt = module.get(ChatvoltService);
    await expect(chatvolt.setAiEnabled({ conversationId: 'c', enabled: false })).resolves.toBeUndefined();
    expect(await chatvolt.listTemplates()).toEqual([]);
    expect(transport.sent).toEqual([]);
  });

  it.each([
    ['z-api', message.to, PHONE, 'send-button-actions', { phone: PHONE, message: message.text }],
    ['whatsapp-cloud', message.to, PHONE, 'messages', { to: PHONE, type: 'interactive' }],
    [
      'chatvolt',
      CONVERSATION,
      'conversation-1',
      'messages/interactive/send-buttons',
      { agentId: 'agent', button_1_id: 'yes', button_2_title: 'No' },
    ],
  ])('records the request that %s would receive', async (account, to, recipient, endpoint, body) => {
    const sent = await messaging.send({ ...message, to }, { account });
    expect(sent).toMatchObject({ account, provider: account, messageId: 'message-1', attempts: 1 });
    expect(transport.sent).toMatchObject([
      { account, provider: account, endpoint, recipient, body, message: { ...message, to }, messageId: 'message-1' },
    ]);
    const [preview] = (await messaging.preview({ ...message, to })).filter((entry) => entry.account === account);
    expect(preview?.requests[0]?.body).toEqual(transport.sent[0]?.body);
    expect(transport.sent[0]?.buttons).toEqual([
      { id: 'yes', title: 'Yes' },
      { id: 'no', title: 'No' },
    ]);
  });

  it('records sends of the provider services, and responds to their reads', async () => {
    const [zApi, chatvolt, cloud] = [
      module.get(ZApiService),
      module.get(ChatvoltService),
      module.get(WhatsAppCloudService),
    ];
    expect(await zApi.sendText({ phone: PHONE, message: 'Hi' })).toMatchObject({ messageId: 'message-1' });
    expect(await chatvolt.sendMessage({ phone: PHONE, message: 'Hi', channel: 'whatsapp' })).toMatchObject({
      messageId: 'message-2',
    });
    expect(await cloud.sendText({ to: PHONE, text: { body: 'Hi' } })).toEqual({ messageId: 'message-3', waId: PHONE });
    expect(transport.sent.map(({ endpoint }) => endpoint)).toEqual([
      'send-text',
      `conversation/message/phone/${PHONE}`,
      'messages',
    ]);
    expect(transport.sent.every(({ message: given }) => given === undefined)).toBe(true);
    expect(await zApi.status()).toEqual({ connected: true, smartphoneConnected: true });
    expect(await zApi.phoneExists(PHONE)).toMatchObject({ exists: true, phone: PHONE });
    expect(await chatvolt.checkAgent()).toMatchObject({ agentId: 'chatvolt' });
    expect(await cloud.checkPhoneNumber()).toMatchObject({ phoneNumberId: 'whatsapp-cloud' });
    expect(transport.sent).toHaveLength(3);
  });

  it('records both parts of a split message, and the text of a fallback', async () => {
    const mixed: ButtonMessage = {
      ...message,
      buttons: [...message.buttons, { type: 'url', title: 'Map', url: 'https://example.com' }],
    };
    const sent = await messaging.send(mixed, { mixed: 'split' });
    expect(sent.parts?.map(({ messageId }) => messageId)).toEqual(['message-1', 'message-2']);
    await messaging.send(mixed, { fallback: 'text' });
    expect(transport.sent.map(({ endpoint }) => endpoint)).toEqual([
      'send-button-actions',
      'send-button-actions',
      'send-text',
    ]);
    expect(transport.sent.every(({ message: given }) => given === mixed)).toBe(true);
    await transport.press('yes', { of: sent });
    expect(heard.events).toMatchObject([{ kind: 'button-reply', inReplyTo: 'message-2', sent: { id: sent.id } }]);
  });

  it('rejects an invalid message', async () => {
    expect(await errorOf(messaging.send({ ...message, text: '' }))).toBeInstanceOf(InvalidMessageError);
    expect(transport.sent).toEqual([]);
  });

  it('finds the conversations that addConversation added', async () => {
    await module.close();
    const account = {
      provider: 'chatvolt',
      name: 'volt',
      apiKey: 'k',
      agentId: 'a',
      lookUpConversations: true,
    } as const;
    await start({ accounts: [account] });
    expect(await errorOf(messaging.send(message))).toBeInstanceOf(RecipientNotFoundError);
    transport.addConversation('+55 11 99999-9999', 'conversation-7');
    await messaging.send(message);
    expect(transport.sent).toMatchObject([{ recipient: 'conversation-7' }]);
  });

  describe('failNext', () => {
    it.each([
      new AuthenticationError('x'),
      new PermissionError('x'),
      new SubscriptionError('x'),
      new RecipientNotFoundError('x'),
      new WindowClosedError('x'),
      new RateLimitedError('x', { retryAfterMs: 5_000 }),
      new ProviderUnavailableError('x'),
      new ProviderRejectedError('x'),
      new UnknownOutcomeError('x'),
    ])('fails the next send only with %s', async (error) => {
      transport.failNext(error);
      expect(await errorOf(messaging.send(message))).toBe(error);
      expect(transport.sent).toEqual([]);
      await messaging.send(message);
      expect(transport.sent).toHaveLength(1);
    });

    it('makes failover use the next account', async () => {
      transport.failNext(new AuthenticationError('x'), new RateLimitedError('y'));
      const sent = await messaging.send(message, { via: ['z-api', 'whatsapp-cloud', 'z-api'] });
      expect(sent.tried).toEqual([
        { account: 'z-api', code: 'authentication' },
        { account: 'whatsapp-cloud', code: 'rate-limited' },
      ]);
    });

    it('keeps the idempotency key of an unknown outcome', async () => {
      transport.failNext(new UnknownOutcomeError('x'));
      for (const _ of [1, 2]) {
        expect(await errorOf(messaging.send(message, { idempotencyKey: 'k' }))).toBeInstanceOf(UnknownOutcomeError);
      }
      expect(transport.sent).toEqual([]);
    });

    it('forgets the planned errors on clear', async () => {
      await messaging.send(message);
      transport.failNext(new ProviderRejectedError('x'));
      transport.clear();
      await messaging.send(message);
      expect(transport.sent).toHaveLength(1);
    });

    it('rejects a send whose signal is aborted', async () => {
      expect(await errorOf(messaging.send(message, { signal: AbortSignal.abort() }))).toBeInstanceOf(SendAbortedError);
    });
  });

  describe('press, type and deliver', () => {
    const KINDS = [
      ['z-api', message.to, { phone: PHONE }, undefined],
      ['z-api', { group: '120363019502650977-group' }, { group: '120363019502650977-group' }, undefined],
      ['z-api', '999999999@lid', { lid: '999999999@lid' }, undefined],
      ['whatsapp-cloud', message.to, { phone: PHONE }, undefined],
      // A Chatvolt webhook contains only the title of the pressed button.
      ['chatvolt', CONVERSATION, { conversation: 'conversation-1' }, true],
    ] as const;

    it.each(KINDS)('presses a button of a %s message to %j', async (account, to, from, typed) => {
      const sent = await messaging.send({ ...message, to }, { account });
      await transport.press('no');
      expect(heard.events).toMatchObject([
        { kind: 'button-reply', account, from, button: { id: 'no', title: 'No' }, sent: { id: sent.id } },
      ]);
      expect(heard.events[0]).toEqual(
        typed ? expect.objectContaining({ typed }) : expect.not.objectContaining({ typed: true }),
      );
    });

    it.each(KINDS.map(([account, to]) => [account, to] as const))(
      'answers a question of %s to %j with a press',
      async (account, to) => {
        const answer = messaging.ask({ ...message, to }, { account });
        await transport.press('Yes');
        expect((await answer).button).toEqual({ id: 'yes', title: 'Yes' });
      },
    );

    it('answers a question with a typed number, not with other text', async () => {
      const answer = messaging.ask(message);
      await transport.type('what do you mean?', { withinMs: 500 });
      await transport.type('2');
      expect(await answer).toMatchObject({ button: { id: 'no' }, typed: true });
      expect(heard.events.map(({ kind }) => kind)).toEqual(['text-message', 'button-reply']);
    });

    it('presses the last message, or the one selected by to or of', async () => {
      const first = await messaging.send(message);
      await messaging.send({ ...message, to: '5511888888888' });
      await transport.press('yes');
      await transport.press('yes', { to: '+55 (11) 99999-9999' });
      await transport.press('no', { of: first, at: new Date(0) });
      expect(heard.events).toMatchObject([
        { from: { phone: '5511888888888' } },
        { from: { phone: PHONE } },
        { from: { phone: PHONE }, at: new Date(0), sent: { id: first.id } },
      ]);
    });

    it('delivers statuses to the subscribers of a message', async () => {
      const sent = await messaging.send(message);
      const statuses: string[] = [];
      module
        .get(ButtonMessagingEvents)
        .of(sent)
        .subscribe((event) => {
          if (event.kind === 'message-status') statuses.push(event.status);
        });
      await transport.deliver('delivered');
      await transport.deliver('read', { of: sent });
      await transport.deliver('failed', { reason: 'blocked' });
      // A message that was read cannot fail. Handlers still receive the event.
      expect(statuses).toEqual(['delivered', 'read']);
      expect(heard.events.at(-1)).toMatchObject({ reason: 'blocked', sent: { id: sent.id } });
    });

    it('rejects with a clear error when no message matches', async () => {
      await expect(transport.type('Hello', { withinMs: 10 })).rejects.toThrow(/Nothing was sent/);
      await messaging.send(message);
      const press = transport.press('maybe', { withinMs: 10 });
      await expect(press).rejects.toThrow(
        /No message "maybe" was sent. Sent: send-button-actions to .*, with yes, no\./,
      );
      await expect(new RecordingTransport().press('x', { withinMs: 1 })).rejects.toThrow(/Nothing was sent/);
    });

    it('presses as soon as the message is sent', async () => {
      const { promise, resolve } = deferred();
      const press = transport.press('yes');
      const sending = promise.then(() => messaging.send(message));
      resolve();
      await Promise.all([press, sending]);
      expect(heard.events).toHaveLength(1);
    });
  });

  describe('with fake timers', () => {
    beforeEach(() => void jest.useFakeTimers());

    it('resolves a question on a press', async () => {
      const answer = messaging.ask(message);
      await transport.press('yes');
      expect((await answer).button.id).toBe('yes');
      expect(heard.events).toHaveLength(1);
    });

    it('times out a question when the test advances the clock', async () => {
      const failure = errorOf(messaging.ask(message, { answerWithinMs: 3_600_000 }));
      await jest.advanceTimersByTimeAsync(3_599_999);
      expect(jest.getTimerCount()).toBeGreaterThan(0);
      await jest.advanceTimersByTimeAsync(1);
      expect(await failure).toBeInstanceOf(ReplyTimeoutError);
    });

    it('sends 100 messages to one recipient without delay', async () => {
      const now = Date.now();
      for (let count = 0; count < 100; count += 1) await messaging.send(message, { account: 'whatsapp-cloud' });
      expect(transport.sent).toHaveLength(100);
      expect((await messaging.send(message)).acceptedAt.getTime()).toBe(now);
    });
  });

  it('records the messages of its own application only', async () => {
    const other = await Test.createTestingModule({ imports: [ButtonMessagingTestingModule.forRoot()] }).compile();
    await messaging.send(message);
    expect(other.get(RecordingTransport).sent).toEqual([]);
    await other.close();
  });

  it('ignores the environment, and uses the accounts of forRoot', async () => {
    await module.close();
    await start({ accounts: [zApiAccount('https://nobody.invalid', { name: 'support' })] });
    expect((await messaging.send(message)).account).toBe('support');
    expect(await errorOf(messaging.send(message, { account: 'z-api' }))).toBeInstanceOf(ButtonMessagingError);
  });
});
