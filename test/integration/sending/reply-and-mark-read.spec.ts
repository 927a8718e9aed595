import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type EventSender,
  InvalidMessageError,
  type MessageContent,
  ProviderRejectedError,
  type RepliableEvent,
  UnsupportedMessageError,
} from '../../../lib/index.js';
import { oneOfEach } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { cloud, cloudReplies, IDS, message, phone, reply } from './button-message.table.js';

const GROUP = '120363019502650977-group';
const event = (account: string, from: EventSender): RepliableEvent => ({ account, from, messageId: 'IN1' });
const THANKS = { text: 'Thank you' };
const cloudText = {
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  type: 'text',
  text: { body: 'Thank you' },
};

describe('ButtonMessagingService', () => {
  let server: FakeProvider;
  let app: TestApp;
  beforeAll(async () => {
    server = await FakeProvider.start();
    app = await openAppWithoutRetries({ accounts: oneOfEach(server.url), defaultAccount: 'zap' });
  });
  beforeEach(() => void server.reset().always({ body: IDS }));
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  describe('reply', () => {
    it.each<[what: string, account: string, from: EventSender, endpoint: string, body: object]>([
      ['a phone number', 'zap', { phone }, '/send-text', { phone, message: 'Thank you' }],
      ['a lid', 'zap', { lid: '999999999@lid' }, '/send-text', { phone: '999999999@lid', message: 'Thank you' }],
      ['a group', 'zap', { group: GROUP, phone }, '/send-text', { phone: GROUP, message: 'Thank you' }],
      [
        'a conversation',
        'volt',
        { conversation: 'conv-1', phone },
        '/conversation/message/conversationId/conv-1',
        { message: 'Thank you' },
      ],
      ['a phone number', 'meta', { phone, userId: 'BR.1A2b' }, '/messages', { ...cloudText, to: phone }],
      [
        'a person without a number',
        'meta',
        { userId: 'BR.13491208655302741918' },
        '/messages',
        { ...cloudText, recipient: 'BR.13491208655302741918' },
      ],
    ])('sends to %s through %s', async (_what, account, from, endpoint, body) => {
      const sent = await app.messaging.reply(event(account, from), THANKS);
      expect(server.bodies).toEqual([body]);
      expect(server.requests[0]?.url.endsWith(endpoint)).toBe(true);
      expect(sent).toMatchObject({ account, messageId: 'M1' });
    });

    it('sends buttons, and quotes the message only if told to', async () => {
      const content: MessageContent = { text: 'Hello', buttons: [reply('a'), reply('b')] };
      const heard = event('meta', { phone });
      await app.messaging.reply(heard, content);
      await app.messaging.reply(heard, content, { inReplyTo: heard.messageId });
      expect(server.bodies).toEqual([cloud(cloudReplies), { ...cloud(cloudReplies), context: { message_id: 'IN1' } }]);
    });

    it.each<[what: string, given: unknown, content: unknown, options: object, path: string]>([
      ['an event without a sender', event('zap', { name: 'Ana' }), THANKS, {}, 'event.from'],
      ['what is not an event', { from: 'Ana' }, THANKS, {}, 'event'],
      ['content that is not an object', event('zap', { phone }), 'Hi', {}, ''],
      ['invalid content', event('zap', { phone }), { text: '' }, {}, 'text'],
      ['another account', event('zap', { phone }), THANKS, { account: 'meta' }, 'options.account'],
      ['a failover list', event('zap', { phone }), THANKS, { via: ['meta'] }, 'options.via'],
    ])('rejects %s', async (_what, given, content, options, path) => {
      const error = await errorOf(app.messaging.reply(untyped(given), untyped(content), options));
      expect(error).toBeInstanceOf(InvalidMessageError);
      expect((error as InvalidMessageError).issues.map((issue) => issue.path)).toEqual([path]);
      expect(server.requests).toEqual([]);
    });
  });

  describe('markRead', () => {
    it.each<[account: string, from: EventSender, endpoint: string, body: object]>([
      ['zap', { phone }, '/read-message', { phone, messageId: 'IN1' }],
      ['zap', { group: GROUP, phone }, '/read-message', { phone: GROUP, messageId: 'IN1' }],
      ['zap', { lid: '999999999@lid' }, '/read-message', { phone: '999999999@lid', messageId: 'IN1' }],
      ['meta', { phone }, '/messages', { messaging_product: 'whatsapp', status: 'read', message_id: 'IN1' }],
    ])('tells %s that a message of %j was read', async (account, from, endpoint, body) => {
      server.next(account === 'zap' ? { status: 204, body: '' } : { body: { success: true } });
      await app.messaging.markRead(event(account, from));
      expect(server.bodies).toEqual([body]);
      expect(server.requests[0]?.url.endsWith(endpoint)).toBe(true);
    });

    it('shows the typing indicator at the Cloud API', async () => {
      server.next({ body: { success: true } });
      await app.messaging.markRead(event('meta', { phone }), { typing: true });
      expect(server.bodies).toEqual([
        {
          messaging_product: 'whatsapp',
          status: 'read',
          message_id: 'IN1',
          typing_indicator: { type: 'text' },
        },
      ]);
    });

    it.each([
      ['zap', { status: 200, body: { error: 'message not found' } }],
      ['meta', { status: 400, body: { error: { code: 100, message: 'Invalid parameter' } } }],
    ])('rejects with the error of %s', async (account, answer) => {
      server.next(answer);
      expect(await errorOf(app.messaging.markRead(event(account, { phone })))).toBeInstanceOf(ProviderRejectedError);
    });

    it('rejects with UnsupportedMessageError for Chatvolt', async () => {
      const error = await errorOf(app.messaging.markRead(event('volt', { conversation: 'conv-1' })));
      expect(error).toBeInstanceOf(UnsupportedMessageError);
      expect(server.requests).toEqual([]);
    });

    it('rejects unknown options', async () => {
      const error = await errorOf(app.messaging.markRead(event('meta', { phone }), untyped({ tiping: true })));
      expect(error).toMatchObject({ issues: [{ path: 'options.tiping' }] });
    });
  });

  describe('send with inReplyTo', () => {
    it('quotes with a text at Z-API', async () => {
      await app.messaging.send({ to: phone, text: 'Hi' }, { account: 'zap', inReplyTo: 'IN1' });
      expect(server.bodies).toEqual([{ phone, message: 'Hi', messageId: 'IN1' }]);
    });

    it.each([
      ['zap', message()],
      ['volt', { to: { conversation: 'conv-1' }, text: 'Hi' }],
    ])('rejects what %s cannot quote', async (account, given) => {
      const error = await errorOf(app.messaging.send(given, { account, inReplyTo: 'IN1' }));
      expect(error).toBeInstanceOf(UnsupportedMessageError);
      expect((error as UnsupportedMessageError).reasons.join()).toMatch(/quote/);
      expect(server.requests).toEqual([]);
    });

    it('quotes with the numbered text if the account cannot quote with buttons', async () => {
      const sent = await app.messaging.send(message(), { account: 'zap', inReplyTo: 'IN1', fallback: 'text' });
      expect(sent).toMatchObject({ degraded: 'text' });
      expect(server.bodies).toEqual([{ phone, message: 'Hello\n\n1. A\n2. B', messageId: 'IN1' }]);
    });

    it('returns from carriers() which accounts can quote', async () => {
      const carriers = await app.messaging.carriers(message(), { inReplyTo: 'IN1' });
      expect(carriers.map(({ account, carries }) => [account, carries])).toEqual([
        ['zap', false],
        ['volt', false],
        ['meta', true],
      ]);
    });
  });

  describe('send with metadata', () => {
    const metadata = { order: '42', 'customer name': 'Ana' };

    it('returns it and sends none of it', async () => {
      const sent = await app.messaging.send(message(), { account: 'zap', metadata });
      expect(sent.metadata).toEqual(metadata);
      expect(server.requests[0]?.body).not.toContain('42');
    });

    it('returns it for each part of a split message', async () => {
      const buttons = [reply('a'), { type: 'url' as const, title: 'Open', url: 'https://example.com' }];
      const sent = await app.messaging.send(message({ buttons }), { account: 'zap', mixed: 'split', metadata });
      expect(sent.metadata).toEqual(metadata);
      expect(sent.parts?.map((part) => part.metadata)).toEqual([metadata, metadata]);
    });

    it.each([
      ['a number', { order: 42 }],
      ['an array', ['x']],
      ['a text', 'order'],
      ['51 texts', Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`${index}`, 'x']))],
      ['a long text', { order: 'x'.repeat(501) }],
      ['half a character', { order: '\ud83d' }],
    ])('rejects %s', async (_what, given) => {
      const error = await errorOf(app.messaging.send(message(), { metadata: untyped(given) }));
      expect(error).toMatchObject({ issues: [{ path: 'options.metadata', rule: 'isMetadata' }] });
      expect(server.requests).toEqual([]);
    });
  });

  describe('synonyms of a button', () => {
    it.each([[[]], ['yes'], [['']], [[5]], [['\ud83d']]])('rejects %j', async (synonyms) => {
      const buttons = [{ ...reply('a'), synonyms: untyped<string[]>(synonyms) }];
      const error = await errorOf(app.messaging.send(untyped(message({ buttons: untyped(buttons) }))));
      expect((error as InvalidMessageError).issues[0]?.path).toMatch(/^buttons\[0\]\.synonyms/);
    });

    it('rejects them for other buttons, and sends none of them', async () => {
      const link = { type: 'url', title: 'Open', url: 'https://example.com', synonyms: ['x'] };
      const error = await errorOf(app.messaging.send(untyped({ ...message(), buttons: [link] })));
      expect(error).toMatchObject({ issues: [{ path: 'buttons[0].synonyms' }] });
      const buttons = [{ type: 'reply' as const, id: 'a', title: 'A', synonyms: ['yes'] }, reply('b')];
      await app.messaging.send(message({ buttons }), { account: 'meta' });
      expect(server.bodies).toEqual([cloud(cloudReplies)]);
    });
  });
});
