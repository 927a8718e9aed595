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

describe('a look-up finds', () => {
  it.each<[string, string, Partial<ListEntry> & { external?: string | null }]>([
    ['the digits', ninth, {}],
    ['a number written without the ninth digit', ninth, { external: '551188880001' }],
    ['a number written with it', '+55 (11) 8888-0001', {}],
    ["Mexico's 1", '525512345678', { external: '5215512345678' }],
    ['a plus', ninth, { external: `+${ninth}` }],
    ["WhatsApp's id", ninth, { external: `${ninth}@s.whatsapp.net`, channel: 'zapi' }],
    ["WhatsApp's id with a device", ninth, { external: `551188880001:12@s.whatsapp.net`, channel: 'zapper' }],
    ["WhatsApp's older id", ninth, { external: `${ninth}@c.us`, channel: 'zapper_web' }],
    [
      'the one participant of a chat by lid',
      ninth,
      { external: '77771234567@lid', participantsContacts: [{ phoneNumber: ninth }] },
    ],
    [
      'the same where the lid has a device',
      ninth,
      { external: '77771234567:4@lid', participantsContacts: [{ phoneNumber: '+55 11 8888-0001' }] },
    ],
    [
      'the same where the lid stands apart',
      ninth,
      { external: '77771234567', whatsappChatLid: '77771234567@lid', participantsContacts: [{ phoneNumber: ninth }] },
    ],
    ['a lid among the fields', '77771234567@lid', { whatsappChatLid: '77771234567@lid' }],
    ['a lid without its ending', '77771234567@lid', { whatsappChatLid: '77771234567' }],
    ['a lid as the address', '77771234567@lid', { external: '77771234567:2@lid' }],
  ])('%s', async (_name, to, { external = ninth, ...given }) => {
    const wanted = listEntry(external, given);
    list.entries = [...others(2), wanted];
    await (await open()).messaging.send(messageTo(to));
    expect(conversationsSentTo()).toEqual([wanted.id]);
  });

  it('the newest of several, whatever their order', async () => {
    const [newest, middle, oldest] = [
      listEntry(ninth),
      listEntry(`${ninth}@c.us`, { channel: 'zapi' }),
      listEntry(ninth),
    ];
    list.entries = [middle, newest, oldest];
    await (await open()).messaging.send(messageTo(ninth));
    expect(conversationsSentTo()).toEqual([newest.id]);
  });

  it("that of the account's channel only, and asks for it", async () => {
    const [newer, wanted] = [listEntry(ninth), listEntry(ninth, { channel: 'zapi' })];
    list.entries = [newer, wanted];
    await (await open({ channel: 'zapi' })).messaging.send(messageTo(ninth));
    expect(conversationsSentTo()).toEqual([wanted.id]);
    expect(list.reads[0]?.get('channel')).toBe('zapi');
  });
});

describe('a look-up passes over', () => {
  it.each<[string, string, Partial<ListEntry> & { external?: string | null }]>([
    ...['telegram', 'website', 'instagram', 'dashboard', 'mywhatsapp', null, 5].map(
      (channel): [string, string, Partial<ListEntry>] => [`the channel ${channel}`, '+65 8123 4567', { channel }],
    ),
    ['groups', ninth, { isGroup: true }],
    ['groups by their id', ninth, { external: `${ninth}-1600000000@g.us` }],
    ['what is blocked', ninth, { blocked: true }],
    ["another agent's", ninth, { agentId: 'agent-2' }],
    ['a lid of the same digits', ninth, { external: `${ninth}@lid` }],
    ['bare digits that are a lid', ninth, { whatsappChatLid: ninth }],
    ['a number of the same digits as the lid', '77771234567@lid', { external: '77771234567' }],
    ["another's contact", ninth, { external: '5521977770000', participantsContacts: [{ phoneNumber: ninth }] }],
    [
      'several participants',
      ninth,
      { external: '7777@lid', participantsContacts: [{ phoneNumber: ninth }, { phoneNumber: phoneOf(1) }] },
    ],
    [
      'a participant beside one without a number',
      ninth,
      { external: '77771234567@lid', participantsContacts: [{ phoneNumber: ninth }, { name: 'Ana' }] },
    ],
    ['what has no address', ninth, { external: null, participantsContacts: [{ phoneNumber: ninth }] }],
  ])('%s', async (_name, to, { external, ...given }) => {
    const digits = to === ninth ? ninth : '6581234567';
    list.entries = [listEntry(external === undefined ? digits : external, given)];
    const error = await errorOf((await open()).messaging.send(messageTo(to)));
    expect(error).toBeInstanceOf(RecipientNotFoundError);
    expect(error.outcome).toBe('not-sent');
    expect(list.sends).toEqual([]);
  });
});

describe('the list is read', () => {
  it('to its empty page, however few a page holds', async () => {
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
    ['turns', (read) => [...entries.slice(read % 3), ...entries.slice(0, read % 3)]],
    ['goes in a circle', (read) => [entries[read % 3] ?? listEntry(null)]],
  ])('and given up where it %s', async (_name, pageOf) => {
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

  it('for 250 pages at most', async () => {
    server.always((_request, response) => void response.end(JSON.stringify(others(2))));
    const error = await errorOf((await open()).messaging.send(messageTo(ninth)));
    expect(error).toMatchObject({ code: 'recipient-not-found', outcome: 'not-sent', account: 'volt' });
    expect(server.requests).toHaveLength(250);
  });

  it('until the deadline, also by those that wait for it', async () => {
    server.always((_request, response) => {
      setTimeout(() => response.end(JSON.stringify(others(2))), 20);
    });
    const { messaging } = await open();
    const sends = [0, 1].map((index) => errorOf(messaging.send(messageTo(phoneOf(900 + index)), { deadlineMs: 300 })));
    for (const error of await Promise.all(sends)) expect(error).not.toBeInstanceOf(RecipientNotFoundError);
    expect(server.requests.map(({ method }) => method)).not.toContain('POST');
    expect(server.requests.length).toBeLessThan(30);
  });

  it('by the next in line where the first is aborted', async () => {
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

describe('what was read is remembered', () => {
  it('for a whole batch', async () => {
    list.cap = 25;
    const people = others(120, 1_000);
    list.entries = people;
    const messages = people.map(({ channelExternalId }) => messageTo(channelExternalId ?? ''));
    const { messaging } = await open();
    for await (const result of messaging.sendMany(messages, { concurrency: 8 })) expect(result).toHaveProperty('sent');
    expect(new Set(conversationsSentTo()).size).toBe(120);
    // Five pages, and the top of the list again where a look-up begins anew.
    expect(list.reads.length).toBeLessThanOrEqual(10);
  });

  it('and a look-up at the same time is the same look-up, for what is absent too', async () => {
    list.entries = others(150);
    const { chatvolt } = await open();
    const found = await Promise.all(Array.from({ length: 8 }, () => chatvolt.findConversation({ phone: ninth })));
    expect(found).toEqual(Array.from({ length: 8 }, () => undefined));
    expect(list.reads).toHaveLength(3);
  });

  it('but not who is absent', async () => {
    const { messaging } = await open();
    expect(await errorOf(messaging.send(messageTo(ninth)))).toBeInstanceOf(RecipientNotFoundError);
    list.entries = [listEntry(ninth, { createdAt: new Date().toISOString() })];
    await messaging.send(messageTo(ninth));
    list.entries = [listEntry(phoneOf(1), { createdAt: new Date().toISOString() }), ...list.entries];
    await messaging.send(messageTo(phoneOf(1)));
    expect(conversationsSentTo()).toEqual([list.entries[1]?.id, list.entries[0]?.id]);
  });

  it('but read anew where the place at which a look-up goes on is gone', async () => {
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

  it('for each agent and channel by itself', async () => {
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

  it('for ten minutes', async () => {
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
      // The memory looks at the clock once a millisecond.
      await until(async () => {
        await chatvolt.findConversation({ phone: ninth });
        return list.reads.length === 2;
      }, 1_000);
    } finally {
      later.mockRestore();
    }
  });

  it('until a send does not find it: then the next one takes its place', async () => {
    const [first, second] = [listEntry(ninth), listEntry(ninth, { createdAt: new Date().toISOString() })];
    list.entries = [first];
    const { messaging } = await open();
    await messaging.send(messageTo(ninth));
    list.gone.add(first.id);
    list.entries = [second, first];
    await messaging.send(messageTo(ninth));
    expect(conversationsSentTo()).toEqual([first.id, first.id, second.id]);
  });

  it('and the refusal stands where there is no other', async () => {
    const only = onlyConversation();
    const { messaging } = await open();
    await messaging.send(messageTo(ninth));
    list.gone.add(only.id);
    expect(await errorOf(messaging.send(messageTo(ninth)))).toMatchObject({ status: 404, outcome: 'not-sent' });
    expect(list.sends).toHaveLength(2);
  });

  it('and where one that was just read is refused, no other is tried', async () => {
    list.entries = [listEntry(ninth), listEntry(ninth)];
    list.gone.add(list.entries[0]?.id ?? '');
    expect(await errorOf((await open()).messaging.send(messageTo(ninth)))).toMatchObject({ status: 404 });
    expect(list.sends).toHaveLength(1);
  });
});

describe('a numbered text', () => {
  const text = (to: Parameters<typeof messageTo>[0]) => ({
    to: to ?? '',
    text: 'Your code',
    buttons: [{ type: 'copy' as const, title: 'Copy', code: '1234' }],
  });
  const urls = () => list.sends.map(({ url }) => url);
  const bodies = () => list.sends.map(({ body }) => JSON.parse(body));

  it('goes into the conversation that is found', async () => {
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
  ])('goes by number where none is found, on the channel %s', async (channel, account) => {
    await (await open(account)).messaging.send(text(ninth), { fallback: 'text' });
    expect(urls()).toEqual([`/conversation/message/phone/${ninth}`]);
    expect(bodies()).toMatchObject([{ agentId: 'agent-123', channel }]);
  });

  it('goes by number where the list does not end', async () => {
    server.always((request, response) => {
      response.end(JSON.stringify(request.method === 'GET' ? others(2) : { message: { id: 'm' } }));
    });
    await (await open()).messaging.send(text(ninth), { fallback: 'text' });
    expect(server.requests.at(-1)).toMatchObject({ method: 'POST', url: `/conversation/message/phone/${ninth}` });
  });

  it('goes by number where the remembered conversation is gone', async () => {
    const only = onlyConversation();
    const { messaging } = await open();
    await messaging.send(text(ninth), { fallback: 'text' });
    list.gone.add(only.id);
    await messaging.send(text(ninth), { fallback: 'text' });
    expect(urls().at(-1)).toBe(`/conversation/message/phone/${ninth}`);
  });

  it('to a lid goes nowhere else', async () => {
    const { messaging } = await open();
    const lid = '77771234567@lid';
    expect(await errorOf(messaging.send(text(lid), { fallback: 'text' }))).toBeInstanceOf(RecipientNotFoundError);
    const wanted = listEntry(ninth, { whatsappChatLid: lid });
    list.entries = [wanted];
    await messaging.send(text(lid), { fallback: 'text' });
    expect(urls()).toEqual([`/conversation/message/conversationId/${wanted.id}`]);
  });

  it('is not sent where the list is refused', async () => {
    server.always((request, response) => void response.writeHead(request.method === 'GET' ? 401 : 200).end('{}'));
    const error = await errorOf((await open()).messaging.send(text(ninth), { fallback: 'text' }));
    expect(error).toMatchObject({ code: 'authentication', outcome: 'not-sent' });
    expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is shown in the place where it would go', async () => {
    const { messaging } = await open();
    const preview = await messaging.preview(text(ninth), { fallback: 'text' });
    expect(preview).toMatchObject([{ requests: [{ path: '/conversation/message/conversationId/[conversation]' }] }]);
    expect(server.requests).toEqual([]);
  });
});

describe('findConversation refuses', () => {
  it.each([
    [{ phone: ninth, chanel: 'zapi' }, 'chanel'],
    [{ phone: ninth, channel: '' }, 'channel'],
    [{ phone: ninth, channel: 5 }, 'channel'],
    [{ phone: ninth, agentId: 'a\ud83d' }, 'agentId'],
    [{ phone: 'home' }, 'phone'],
    [{}, 'phone'],
    [undefined, ''],
  ])('%j', async (query, path) => {
    const error = await errorOf((await open()).chatvolt.findConversation(untyped(query)));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(untyped<InvalidMessageError>(error).issues.map((issue) => issue.path)).toEqual([path]);
    expect(server.requests).toEqual([]);
  });
});
