import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ButtonMessage, InvalidMessageError, type SendManyResult } from '../../../lib/index.js';
import { oneOfEach } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';

const MESSAGE: ButtonMessage = {
  to: '5511999999999',
  text: 'Does ten suit you?',
  buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }],
};
const PHONE = '5511999999999';
const CONVERSATION = { conversationId: 'conversation', body_text: 'Hi' };

type Call = (app: TestApp, options: never) => Promise<unknown>;

async function all(results: AsyncIterable<SendManyResult>): Promise<SendManyResult[]> {
  const list: SendManyResult[] = [];
  for await (const result of results) list.push(result);
  return list;
}

const FORM = { mixed: 'split', fallback: 'text' };
const READ = { account: undefined, signal: new AbortController().signal, timeoutMs: 1_000, deadlineMs: 2_000 };
const SEND = { ...READ, idempotencyKey: 'key' };
const MESSAGE_SEND = { ...SEND, ...FORM, account: 'zap', via: undefined, lateFallback: 'text' };

/** The same options for calls that send nothing and ignore the signal. */
const NOTHING_SENT = { ...MESSAGE_SEND };

/** Every call that takes options, with all its options. */
const CALLS: [name: string, own: object, call: Call][] = [
  ['messaging.send', MESSAGE_SEND, ({ messaging }, options) => messaging.send(MESSAGE, options)],
  [
    'messaging.sendMany',
    { ...MESSAGE_SEND, concurrency: 2, onProgress: () => undefined },
    ({ messaging }, options) => all(messaging.sendMany([MESSAGE], options)),
  ],
  [
    'messaging.ask',
    { ...MESSAGE_SEND, answerWithinMs: 10 },
    ({ messaging }, options) => messaging.ask(MESSAGE, options),
  ],
  ['messaging.carriers', NOTHING_SENT, ({ messaging }, options) => messaging.carriers(MESSAGE, options)],
  ['messaging.preview', NOTHING_SENT, ({ messaging }, options) => messaging.preview(MESSAGE, options)],
  ['zApi.sendText', SEND, ({ zApi }, options) => zApi.sendText({ phone: PHONE, message: 'Hi' }, options)],
  [
    'zApi.sendButtonActions',
    SEND,
    ({ zApi }, options) =>
      zApi.sendButtonActions(
        { phone: PHONE, message: 'Hi', buttonActions: [{ id: 'a', type: 'REPLY', label: 'A' }] },
        options,
      ),
  ],
  ['zApi.status', READ, ({ zApi }, options) => zApi.status(options)],
  ['zApi.phoneExists', READ, ({ zApi }, options) => zApi.phoneExists(PHONE, options)],
  [
    'chatvolt.sendButtons',
    SEND,
    ({ chatvolt }, options) =>
      chatvolt.sendButtons({ ...CONVERSATION, button_1_id: 'a', button_1_title: 'A' }, options),
  ],
  [
    'chatvolt.sendMessage',
    SEND,
    ({ chatvolt }, options) => chatvolt.sendMessage({ conversationId: 'conversation', message: 'Hi' }, options),
  ],
  ['chatvolt.findConversation', READ, ({ chatvolt }, options) => chatvolt.findConversation({ phone: PHONE }, options)],
  ['chatvolt.checkAgent', { ...READ, agentId: 'agent' }, ({ chatvolt }, options) => chatvolt.checkAgent(options)],
  ['chatvolt.checkKey', READ, ({ chatvolt }, options) => chatvolt.checkKey(options)],
  ['cloud.sendText', SEND, ({ cloud }, options) => cloud.sendText({ to: PHONE, text: { body: 'Hi' } }, options)],
  [
    'cloud.uploadMedia',
    READ,
    ({ cloud }, options) => cloud.uploadMedia({ file: Buffer.from('x'), mimeType: 'a/b' }, options),
  ],
  ['cloud.deleteMedia', READ, ({ cloud }, options) => cloud.deleteMedia('1', options)],
  ['cloud.listTemplates', { ...READ, status: 'APPROVED' }, ({ cloud }, options) => cloud.listTemplates(options)],
  ['cloud.subscribe', READ, ({ cloud }, options) => cloud.subscribe({ url: 'https://example.com' }, options)],
  ['cloud.checkPhoneNumber', READ, ({ cloud }, options) => cloud.checkPhoneNumber(options)],
];

describe('Call options', () => {
  let server: FakeProvider;
  let app: TestApp;
  beforeAll(async () => {
    server = await FakeProvider.start();
    app = await openAppWithoutRetries({ accounts: oneOfEach(server.url), defaultAccount: 'zap' });
  });
  afterAll(async () => {
    await app.close();
    await server.close();
  });
  beforeEach(() => void server.reset());

  describe.each(CALLS)('%s', (name, own, call) => {
    it('rejects all unknown options at once, before any request', async () => {
      const slips = { ...own, idempotenceKey: 'x', TimeoutMs: 5, constructor: 'x' };
      const error = await errorOf(call(app, untyped(slips)));
      expect(error).toMatchObject({
        code: 'invalid-message',
        issues: ['options.idempotenceKey', 'options.TimeoutMs', 'options.constructor'].map((path) => ({
          path,
          rule: 'unknownField',
          message: `Unknown option: ${path}`,
        })),
      });
      expect(server.requests).toEqual([]);
    });

    it('rejects options that are not an object', async () => {
      for (const slip of [null, 'zap', 5]) {
        const error = await errorOf(call(app, untyped(slip)));
        expect(error).toMatchObject({ code: 'invalid-message', issues: [{ path: 'options', rule: 'isObject' }] });
      }
      expect(server.requests).toEqual([]);
    });

    it('rejects invalid option values', async () => {
      const slips = { signal: 5, account: 5, mixed: true, fallback: 'Text', lateFallback: 'txt' };
      for (const [option, value] of Object.entries(slips)) {
        const isHeeded = option in own && !(own === NOTHING_SENT && ['signal', 'account'].includes(option));
        if (!isHeeded) continue;
        const error = await errorOf(call(app, untyped({ ...own, [option]: value })));
        expect(error).toMatchObject({ code: 'invalid-message', issues: [{ path: `options.${option}` }] });
      }
      expect(server.requests).toEqual([]);
    });

    it('accepts its own options and ignores undefined ones', async () => {
      const key = 'idempotencyKey' in own ? { idempotencyKey: name } : {};
      const given = { ...own, ...key, idempotenceKey: undefined };
      const code = await call(app, untyped(given)).then(
        () => undefined,
        (error) => error.code,
      );
      // The server responds like Z-API, which other adapters may not understand.
      expect([undefined, 'unknown-outcome', 'reply-timeout', 'provider-unavailable', 'configuration']).toContain(code);
    });
  });

  it.each<[name: string, call: Call]>([
    ['zApi.status: idempotencyKey', ({ zApi }, options) => zApi.status(options)],
    ['zApi.sendText: fallback', ({ zApi }, options) => zApi.sendText({ phone: PHONE, message: 'Hi' }, options)],
  ])('rejects an option of another call in %s', async (_name, call) => {
    const error = await errorOf(call(app, untyped({ idempotencyKey: 'key', account: 'zap', fallback: 'text' })));
    expect(error).toBeInstanceOf(InvalidMessageError);
  });

  it('send reports an unknown option and an invalid value together', async () => {
    const error = await errorOf(app.messaging.send(MESSAGE, untyped({ idempotenceKey: 'x', timeoutMs: -1 })));
    expect(error).toMatchObject({ issues: [{ path: 'options.idempotenceKey' }, { path: 'options.timeoutMs' }] });
  });
});
