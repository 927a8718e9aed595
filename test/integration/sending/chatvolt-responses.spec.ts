import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chatvoltAccount } from '../../support/accounts.js';
import { messageTo } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { OpenApps } from '../../support/test-app.js';

let server: FakeProvider;
const apps = new OpenApps();
beforeAll(async () => {
  server = await FakeProvider.start();
});
beforeEach(() => void server.reset());
afterEach(() => apps.close());
afterAll(() => server.close());

const open = () => apps.open({ accounts: [chatvoltAccount(server.url, { channel: 'zapi' })] });
const at = (day: number) => `2026-11-0${day}T10:00:00.000Z`;
const conversation = { id: 'conv-1', channel: 'whatsapp', channelExternalId: '5511988880001' };

describe('the id of a message that went into conv-1', () => {
  it.each<[string, object, string | undefined]>([
    ['that of the message', { message: { id: 'm', conversationId: 'conv-1' } }, 'm'],
    ['that of a bare message', { id: 'm', conversationId: 'conv-1', text: 'x' }, 'm'],
    ['none where it is the conversation', { id: 'conv-1' }, undefined],
    ['none where another field repeats the conversation', { messageId: 'conv-1' }, undefined],
    ['none where it is another conversation', { ...conversation, id: 'conv-2' }, undefined],
    ['none where it is a group', { id: 'conv-2', isGroup: true }, undefined],
    [
      'the newest of the list',
      {
        ...conversation,
        messages: [
          { id: 'a', createdAt: at(1) },
          { id: 'b', createdAt: at(3) },
        ],
      },
      'b',
    ],
    [
      'the newest, in whatever order',
      {
        ...conversation,
        messages: [
          { id: 'b', createdAt: at(3) },
          { id: 'a', createdAt: at(1) },
        ],
      },
      'b',
    ],
    [
      'the newest that nobody else wrote',
      {
        ...conversation,
        messages: [
          { id: 'a', createdAt: at(1) },
          { id: 'b', createdAt: at(2), contactId: null },
          { id: 'c', createdAt: at(3), contactId: 'p' },
        ],
      },
      'b',
    ],
    [
      'the newest that no AI wrote',
      {
        ...conversation,
        messages: [
          { id: 'b', createdAt: at(2), from: 'human' },
          { id: 'c', createdAt: at(3), from: 'agent' },
        ],
      },
      'b',
    ],
    ['the only one', { ...conversation, messages: [{ id: 'a' }] }, 'a'],
    ['none of several without times', { ...conversation, messages: [{ id: 'a' }, { id: 'b' }] }, undefined],
    [
      'none of two of the same time',
      {
        ...conversation,
        messages: [
          { id: 'a', createdAt: at(1) },
          { id: 'b', createdAt: at(1) },
        ],
      },
      undefined,
    ],
    ['none of an empty list', { ...conversation, messages: [] }, undefined],
  ])('is %s', async (_name, body, messageId) => {
    server.always({ body });
    const { messageId: given } = await (await open()).messaging.send(messageTo({ conversation: 'conv-1' }));
    expect(given).toBe(messageId);
  });
});

describe('the conversation of a text by number', () => {
  it.each<[object, object]>([
    [
      { success: true, message: { id: 'm', conversationId: 'conv-3' } },
      { messageId: 'm', conversationId: 'conv-3' },
    ],
    [
      { id: 'm', conversationId: 'conv-3' },
      { messageId: 'm', conversationId: 'conv-3' },
    ],
    [
      { ...conversation, messages: [{ id: 'm' }] },
      { messageId: 'm', conversationId: 'conv-1' },
    ],
    [{ message: { id: 'm' } }, { messageId: 'm' }],
  ])('is read of %j', async (body, ids) => {
    server.always({ body });
    const { chatvolt } = await open();
    expect(await chatvolt.sendMessage({ phone: '5511988880001', message: 'Hi' })).toEqual({ ...ids, raw: body });
    expect(server.bodies).toEqual([{ agentId: 'agent-123', channel: 'zapi', message: 'Hi' }]);
  });

  it('goes on the channel that is named, before that of the account', async () => {
    const { chatvolt } = await open();
    await chatvolt.sendMessage({ phone: '5511988880001', message: 'Hi', channel: 'zapper' });
    expect(server.bodies).toMatchObject([{ channel: 'zapper' }]);
  });
});

describe('success: false', () => {
  it.each([{ message: { id: 'm' } }, { messageId: 'm' }, { ...conversation, messages: [{ id: 'm' }] }, {}])(
    'is a refusal beside %j',
    async (ids) => {
      server.always({ body: { success: false, ...ids } });
      const error = await errorOf((await open()).messaging.send(messageTo({ conversation: 'conv-1' })));
      expect(error).toMatchObject({ code: 'provider-rejected', outcome: 'not-sent' });
      expect(server.requests).toHaveLength(1);
    },
  );
});
