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

describe('Chatvolt response: messageId', () => {
  it.each<[string, object, string | undefined]>([
    ['reads the ID of the message', { message: { id: 'm', conversationId: 'conv-1' } }, 'm'],
    ['reads the ID of a bare message', { id: 'm', conversationId: 'conv-1', text: 'x' }, 'm'],
    ["omits the ID when it is the conversation's", { id: 'conv-1' }, undefined],
    ['omits a messageId equal to the conversation ID', { messageId: 'conv-1' }, undefined],
    ['omits the ID of another conversation', { ...conversation, id: 'conv-2' }, undefined],
    ['omits the ID of a group', { id: 'conv-2', isGroup: true }, undefined],
    [
      'reads the newest ID of the list',
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
      'reads the newest ID of the list in any order',
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
      'reads the newest ID not written by a contact',
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
      'reads the newest ID not written by the AI agent',
      {
        ...conversation,
        messages: [
          { id: 'b', createdAt: at(2), from: 'human' },
          { id: 'c', createdAt: at(3), from: 'agent' },
        ],
      },
      'b',
    ],
    ['reads the only ID of the list', { ...conversation, messages: [{ id: 'a' }] }, 'a'],
    [
      'omits the ID when several messages have no times',
      { ...conversation, messages: [{ id: 'a' }, { id: 'b' }] },
      undefined,
    ],
    [
      'omits the ID when two messages have the same time',
      {
        ...conversation,
        messages: [
          { id: 'a', createdAt: at(1) },
          { id: 'b', createdAt: at(1) },
        ],
      },
      undefined,
    ],
    ['omits the ID when the list is empty', { ...conversation, messages: [] }, undefined],
  ])('%s', async (_name, body, messageId) => {
    server.always({ body });
    const { messageId: given } = await (await open()).messaging.send(messageTo({ conversation: 'conv-1' }));
    expect(given).toBe(messageId);
  });
});

describe('ChatvoltService.sendMessage by phone number', () => {
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
  ])('reads message and conversation ID from %j', async (body, ids) => {
    server.always({ body });
    const { chatvolt } = await open();
    expect(await chatvolt.sendMessage({ phone: '5511988880001', message: 'Hi' })).toEqual({ ...ids, raw: body });
    expect(server.bodies).toEqual([{ agentId: 'agent-123', channel: 'zapi', message: 'Hi' }]);
  });

  it('prefers the channel of the call to the account’s', async () => {
    const { chatvolt } = await open();
    await chatvolt.sendMessage({ phone: '5511988880001', message: 'Hi', channel: 'zapper' });
    expect(server.bodies).toMatchObject([{ channel: 'zapper' }]);
  });
});

describe('Chatvolt response with success: false', () => {
  it.each([{ message: { id: 'm' } }, { messageId: 'm' }, { ...conversation, messages: [{ id: 'm' }] }, {}])(
    'is a rejection with %j',
    async (ids) => {
      server.always({ body: { success: false, ...ids } });
      const error = await errorOf((await open()).messaging.send(messageTo({ conversation: 'conv-1' })));
      expect(error).toMatchObject({ code: 'provider-rejected', outcome: 'not-sent' });
      expect(server.requests).toHaveLength(1);
    },
  );
});
