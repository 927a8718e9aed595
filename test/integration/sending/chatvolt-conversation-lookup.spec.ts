import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { InvalidMessageError, RecipientNotFoundError, SendAbortedError } from '../../../lib/index.js';
import { chatvoltAccount } from '../../support/accounts.js';
import { messageTo, phoneOf, untyped } from '../../support/button-messages.js';
import { ConversationList, type ListEntry, listEntry } from '../../support/conversation-list.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { silence } from '../../support/responses.js';
import { OpenApps } from '../../support/test-app.js';
import { until } from '../../support/time.js';

jest.setTimeout(30_000);

let server: FakeProvider;
let list: ConversationList;
const apps = new OpenApps();
beforeAll(async () => {
  server = await FakeProvider.start();
});
beforeEach(() => {
  server.reset();
  list = new ConversationList(server);
});
afterEach(() => apps.close());
afterAll(() => server.close());

const open = (given: Parameters<typeof chatvoltAccount>[1] = {}) =>
  apps.open({ accounts: [chatvoltAccount(server.url, { lookUpConversations: true, ...given })] });
const ninth = '5511988880001';
const others = (count: number, first = 1) =>
  Array.from({ length: count }, (_, index) => listEntry(phoneOf(first + index)));
const onlyConversation = () => {
  const only = listEntry(ninth);
  list.entries = [only];
  return only;
};
const conversationsSentTo = () => list.sends.map(({ body }) => JSON.parse(body).conversationId);

describe('Chatvolt conversation lookup: matches', () => {
  it.each<[string, string, Partial<ListEntry> & { external?: string | null }]>([
    ['finds a conversation by phone number', ninth, {}],
    ['finds a Brazilian number stored without the ninth digit', ninth, { external: '551188880001' }],
    ['finds a Brazilian number given without the ninth digit', '+55 (11) 8888-0001', {}],
    ['finds a Mexican number stored with the digit 1', '525512345678', { external: '5215512345678' }],
    ['finds a number stored with a plus', ninth, { external: `+${ninth}` }],
    ['finds a number stored as a WhatsApp ID', ninth, { external: `${ninth}@s.whatsapp.net`, channel: 'zapi' }],
    [
      'finds a number stored as a WhatsApp ID with a device',
      ninth,
      { external: `551188880001:12@s.whatsapp.net`, channel: 'zapper' },
    ],
    ['finds a number stored as an older WhatsApp ID', ninth, { external: `${ninth}@c.us`, channel: 'zapper_web' }],
    [
      'finds the only participant of a LID conversation by phone number',
      ninth,
      { external: '77771234567@lid', participantsContacts: [{ phoneNumber: ninth }] },
    ],
    [
      'finds the only participant when the LID has a device',
      ninth,
      { external: '77771234567:4@lid', participantsContacts: [{ phoneNumber: '+55 11 8888-0001' }] },
    ],
    [
      'finds the only participant when the LID is in whatsappChatLid',
      ninth,
      { external: '77771234567', whatsappChatLid: '77771234567@lid', participantsContacts: [{ phoneNumber: ninth }] },
    ],
    ['finds a LID in whatsappChatLid', '77771234567@lid', { whatsappChatLid: '77771234567@lid' }],
    ['finds a LID stored without its suffix', '77771234567@lid', { whatsappChatLid: '77771234567' }],
    ['finds a LID stored as the address', '77771234567@lid', { external: '77771234567:2@lid' }],
  ])('%s', async (_name, to, { external = ninth, ...given }) => {
    const wanted = listEntry(external, given);
    list.entries = [...others(2), wanted];
    await (await open()).messaging.send(messageTo(to));
    expect(conversationsSentTo()).toEqual([wanted.id]);
  });

  it('finds the newest of several conversations in any order', async () => {
    const [newest, middle, oldest] = [
      listEntry(ninth),
      listEntry(`${ninth}@c.us`, { channel: 'zapi' }),
      listEntry(ninth),
    ];
    list.entries = [middle, newest, oldest];
    await (await open()).messaging.send(messageTo(ninth));
    expect(conversationsSentTo()).toEqual([newest.id]);
  });

  it('requests and finds conversations of the account’s channel only', async () => {
    const [newer, wanted] = [listEntry(ninth), listEntry(ninth, { channel: 'zapi' })];
    list.entries = [newer, wanted];
    await (await open({ channel: 'zapi' })).messaging.send(messageTo(ninth));
    expect(conversationsSentTo()).toEqual([wanted.id]);
    expect(list.reads[0]?.get('channel')).toBe('zapi');
  });
});

describe('Chatvolt conversation lookup: exclusions', () => {
  it.each<[string, string, Partial<ListEntry> & { external?: string | null }]>([
    ...['telegram', 'website', 'instagram', 'dashboard', 'mywhatsapp', null, 5].map(
      (channel): [string, string, Partial<ListEntry>] => [`the channel ${channel}`, '+65 8123 4567', { channel }],
    ),
    ['ignores groups', ninth, { isGroup: true }],
    ['ignores groups recognizable only by their ID', ninth, { external: `${ninth}-1600000000@g.us` }],
    ['ignores blocked conversations', ninth, { blocked: true }],
    ['ignores conversations of another agent', ninth, { agentId: 'agent-2' }],
    ['ignores a LID with the digits of the number', ninth, { external: `${ninth}@lid` }],
    ['ignores bare digits that are a LID', ninth, { whatsappChatLid: ninth }],
    ['ignores a number with the digits of the LID', '77771234567@lid', { external: '77771234567' }],
    [
      'ignores a contact of another conversation',
      ninth,
      { external: '5521977770000', participantsContacts: [{ phoneNumber: ninth }] },
    ],
    [
      'ignores conversations with several participants',
      ninth,
      { external: '7777@lid', participantsContacts: [{ phoneNumber: ninth }, { phoneNumber: phoneOf(1) }] },
    ],
    [
      'ignores conversations with a participant without a number',
      ninth,
      { external: '77771234567@lid', participantsContacts: [{ phoneNumber: ninth }, { name: 'Ana' }] },
    ],
    [
      'ignores conversations without an address',
      ninth,
      { external: null, participantsContacts: [{ phoneNumber: ninth }] },
    ],
  ])('%s', async (_name, to, { external, ...given }) => {
    const digits = to === ninth ? ninth : '6581234567';
    list.entries = [listEntry(external === undefined ? digits : external, given)];
    const error = await errorOf((await open()).messaging.send(messageTo(to)));
    expect(error).toBeInstanceOf(RecipientNotFoundError);
    expect(error.outcome).toBe('not-sent');
    expect(list.sends).toEqual([]);
  });
});

describe('Chatvolt conversation lookup: pages', () => {
  it('reads pages until an empty one, whatever the page size', async () => {
    list.cap = 3;
    const wanted = listEntry(ninth);
    list.entries = [...others(10), wanted];
    const { chatvolt } = await open();
    expect(await chatvolt.findConversation({ phone: ninth })).toEqual({ conversationId: wanted.id });
    expect(list.reads).toHaveLength(4);
    expect(await chatvolt.findConversation({ phone: phoneOf(99) })).toBeUndefined();
  });

  it.each<[string, (read: number) => ListEntry[]]>([
    ['ignores the cursor', () => entries],
    ['returns entries in rotating order', (read) => [...entries.slice(read % 3), ...entries.slice(0, read % 3)]],
    ['repeats its pages', (read) => [entries[read % 3] ?? listEntry(null)]],
  ])('stops when the list %s', async (_name, pageOf) => {
    let read = 0;
    server.always((_request, response) => {
      response.end(JSON.stringify(pageOf(read)));
      read += 1;
    });
    const error = await errorOf((await open()).messaging.send(messageTo(ninth), { deadlineMs: 5_000 }));
    expect(error).toBeInstanceOf(RecipientNotFoundError);
    expect(read).toBeLessThan(6);
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });
  const entries = others(3);

  it('reads at most 250 pages', async () => {
    server.always((_request, response) => void response.end(JSON.stringify(others(2))));
    const error = await errorOf((await open()).messaging.send(messageTo(ninth)));
    expect(error).toMatchObject({ code: 'recipient-not-found', outcome: 'not-sent', account: 'volt' });
    expect(server.requests).toHaveLength(250);
  });

  it('stops at the deadline, including lookups that share the read', async () => {
    server.always((_request, response) => {
      setTimeout(() => response.end(JSON.stringify(others(2))), 20);
    });
    const { messaging } = await open();
    const sends = [0, 1].map((index) => errorOf(messaging.send(messageTo(phoneOf(900 + index)), { deadlineMs: 300 })));
    for (const error of await Promise.all(sends)) expect(error).not.toBeInstanceOf(RecipientNotFoundError);
    expect(server.requests.map(({ method }) => method)).not.toContain('POST');
    expect(server.requests.length).toBeLessThan(30);
  });

  it('continues for a waiting send when the first is aborted', async () => {
    const wanted = listEntry(ninth);
    server.next(silence);
    list.entries = [wanted];
    const { messaging } = await open();
    const controller = new AbortController();
    const aborted = errorOf(messaging.send(messageTo(ninth), { signal: controller.signal }));
    await until(() => server.requests.length === 1);
    const waiting = messaging.send(messageTo(ninth));
    const impatient = errorOf(messaging.send(messageTo(ninth), { deadlineMs: 30 }));
    expect(await impatient).toMatchObject({ code: 'provider-unavailable', outcome: 'not-sent' });
    controller.abort();
    expect(await aborted).toBeInstanceOf(SendAbortedError);
    await waiting;
    expect(conversationsSentTo()).toEqual([wanted.id]);
  });
});

describe('Chatvolt conversation lookup: cache', () => {
  it('reads few pages for a whole batch', async () => {
    list.cap = 25;
    const people = others(120, 1_000);
    list.entries = people;
    const messages = people.map(({ channelExternalId }) => messageTo(channelExternalId ?? ''));
    const { messaging } = await open();
    for await (const result of messaging.sendMany(messages, { concurrency: 8 })) expect(result).toHaveProperty('sent');
    expect(new Set(conversationsSentTo()).size).toBe(120);
    // Five pages, and the first page again when a lookup restarts.
    expect(list.reads.length).toBeLessThanOrEqual(10);
  });

  it('shares concurrent lookups, including those that find nothing', async () => {
    list.entries = others(150);
    const { chatvolt } = await open();
    const found = await Promise.all(Array.from({ length: 8 }, () => chatvolt.findConversation({ phone: ninth })));
    expect(found).toEqual(Array.from({ length: 8 }, () => undefined));
    expect(list.reads).toHaveLength(3);
  });

  it('does not cache absent conversations', async () => {
    const { messaging } = await open();
    expect(await errorOf(messaging.send(messageTo(ninth)))).toBeInstanceOf(RecipientNotFoundError);
    list.entries = [listEntry(ninth, { createdAt: new Date().toISOString() })];
    await messaging.send(messageTo(ninth));
    list.entries = [listEntry(phoneOf(1), { createdAt: new Date().toISOString() }), ...list.entries];
    await messaging.send(messageTo(phoneOf(1)));
    expect(conversationsSentTo()).toEqual([list.entries[1]?.id, list.entries[0]?.id]);
  });

  it('restarts from the top when its cursor entry is gone', async () => {
    list.cap = 2;
    list.entries = others(4);
    const { messaging } = await open();
    await messaging.send(messageTo(phoneOf(2)));
    const wanted = listEntry(ninth);
    list.entries = [...list.entries.filter((_entry, index) => index !== 1), wanted];
    await messaging.send(messageTo(ninth));
    expect(conversationsSentTo().at(-1)).toBe(wanted.id);
    list.entries = [];
    server.next({ status: 400, body: { error: 'no' } }, { status: 400, body: { error: 'no' } });
    expect(await errorOf(messaging.send(messageTo(phoneOf(99))))).toMatchObject({ code: 'provider-rejected' });
  });

  it('caches per agent and channel', async () => {
    list.entries = [listEntry(ninth), listEntry(ninth, { agentId: 'agent-2' }), listEntry(ninth, { channel: 'zapi' })];
    const { chatvolt } = await open();
    const query = { phone: ninth };
    const ids = [
      await chatvolt.findConversation(query),
      await chatvolt.findConversation({ ...query, agentId: 'agent-2' }),
      await chatvolt.findConversation({ ...query, channel: 'zapi' }),
    ];
    expect(ids).toEqual(list.entries.map(({ id }) => ({ conversationId: id })));
  });

  it('expires after ten minutes', async () => {
    const later = jest.spyOn(performance, 'now');
    try {
      list.entries = [listEntry(ninth)];
      const { chatvolt } = await open();
      await chatvolt.findConversation({ phone: ninth });
      const now = performance.now();
      later.mockReturnValue(now + 9 * 60_000);
      await chatvolt.findConversation({ phone: ninth });
      expect(list.reads).toHaveLength(1);
      later.mockReturnValue(now + 11 * 60_000);
      // The cache reads the clock once a millisecond.
      await until(async () => {
        await chatvolt.findConversation({ phone: ninth });
        return list.reads.length === 2;
      }, 1_000);
    } finally {
      later.mockRestore();
    }
  });

  it('tries the next conversation when the cached one is gone', async () => {
    const [first, second] = [listEntry(ninth), listEntry(ninth, { createdAt: new Date().toISOString() })];
    list.entries = [first];
    const { messaging } = await open();
    await messaging.send(messageTo(ninth));
    list.gone.add(first.id);
    list.entries = [second, first];
    await messaging.send(messageTo(ninth));
    expect(conversationsSentTo()).toEqual([first.id, first.id, second.id]);
  });

  it('rejects the send when the cached conversation is gone and no other exists', async () => {
    const only = onlyConversation();
    const { messaging } = await open();
    await messaging.send(messageTo(ninth));
    list.gone.add(only.id);
    expect(await errorOf(messaging.send(messageTo(ninth)))).toMatchObject({ status: 404, outcome: 'not-sent' });
    expect(list.sends).toHaveLength(2);
  });

  it('does not try another conversation when one just read is rejected', async () => {
    list.entries = [listEntry(ninth), listEntry(ninth)];
    list.gone.add(list.entries[0]?.id ?? '');
    expect(await errorOf((await open()).messaging.send(messageTo(ninth)))).toMatchObject({ status: 404 });
    expect(list.sends).toHaveLength(1);
  });
});

describe('Chatvolt text fallback with conversation lookup', () => {
  const text = (to: Parameters<typeof messageTo>[0]) => ({
    to: to ?? '',
    text: 'Your code',
    buttons: [{ type: 'copy' as const, title: 'Copy', code: '1234' }],
  });
  const urls = () => list.sends.map(({ url }) => url);
  const bodies = () => list.sends.map(({ body }) => JSON.parse(body));

  it('sends the text to the conversation that is found', async () => {
    const wanted = listEntry('551188880001');
    list.entries = [wanted];
    const sent = await (await open()).messaging.send(text(ninth), { fallback: 'text' });
    expect(sent).toMatchObject({ degraded: 'text', messageId: 'm-1' });
    expect(urls()).toEqual([`/conversation/message/conversationId/${wanted.id}`]);
    expect(bodies()).toEqual([{ message: expect.stringContaining('1234') }]);
  });

  it.each([
    ['whatsapp', {}],
    ['zapi', { channel: 'zapi' }],
  ])('sends the text by phone number on channel %s when none is found', async (channel, account) => {
    await (await open(account)).messaging.send(text(ninth), { fallback: 'text' });
    expect(urls()).toEqual([`/conversation/message/phone/${ninth}`]);
    expect(bodies()).toMatchObject([{ agentId: 'agent-123', channel }]);
  });

  it('sends the text by phone number when the list does not end', async () => {
    server.always((request, response) => {
      response.end(JSON.stringify(request.method === 'GET' ? others(2) : { message: { id: 'm' } }));
    });
    await (await open()).messaging.send(text(ninth), { fallback: 'text' });
    expect(server.requests.at(-1)).toMatchObject({ method: 'POST', url: `/conversation/message/phone/${ninth}` });
  });

  it('sends the text by phone number when the cached conversation is gone', async () => {
    const only = onlyConversation();
    const { messaging } = await open();
    await messaging.send(text(ninth), { fallback: 'text' });
    list.gone.add(only.id);
    await messaging.send(text(ninth), { fallback: 'text' });
    expect(urls().at(-1)).toBe(`/conversation/message/phone/${ninth}`);
  });

  it('sends the text for a LID only to its conversation', async () => {
    const { messaging } = await open();
    const lid = '77771234567@lid';
    expect(await errorOf(messaging.send(text(lid), { fallback: 'text' }))).toBeInstanceOf(RecipientNotFoundError);
    const wanted = listEntry(ninth, { whatsappChatLid: lid });
    list.entries = [wanted];
    await messaging.send(text(lid), { fallback: 'text' });
    expect(urls()).toEqual([`/conversation/message/conversationId/${wanted.id}`]);
  });

  it('sends nothing when the list request is rejected', async () => {
    server.always((request, response) => void response.writeHead(request.method === 'GET' ? 401 : 200).end('{}'));
    const error = await errorOf((await open()).messaging.send(text(ninth), { fallback: 'text' }));
    expect(error).toMatchObject({ code: 'authentication', outcome: 'not-sent' });
    expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('shows the conversation as a placeholder in preview()', async () => {
    const { messaging } = await open();
    const preview = await messaging.preview(text(ninth), { fallback: 'text' });
    expect(preview).toMatchObject([{ requests: [{ path: '/conversation/message/conversationId/[conversation]' }] }]);
    expect(server.requests).toEqual([]);
  });
});

describe('ChatvoltService.findConversation', () => {
  it.each([
    [{ phone: ninth, chanel: 'zapi' }, 'chanel'],
    [{ phone: ninth, channel: '' }, 'channel'],
    [{ phone: ninth, channel: 5 }, 'channel'],
    [{ phone: ninth, agentId: 'a\ud83d' }, 'agentId'],
    [{ phone: 'home' }, 'phone'],
    [{}, 'phone'],
    [undefined, ''],
  ])('rejects the query %j', async (query, path) => {
    const error = await errorOf((await open()).chatvolt.findConversation(untyped(query)));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(untyped<InvalidMessageError>(error).issues.map((issue) => issue.path)).toEqual([path]);
    expect(server.requests).toEqual([]);
  });
});
