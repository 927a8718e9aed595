import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidMessageError, type ListMessage, type Message, UnsupportedMessageError } from '../../../lib/index.js';
import { chatvoltAccount, oneOfEach } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type ReceivedRequest } from '../../support/fake-provider.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { cloud, flat, IDS, phone, toConversation } from './button-message.table.js';

const TUESDAY = { title: 'Tuesday', rows: [{ id: 'tue-9', title: '9:00', description: 'Dr. Ana' }] };
const WEDNESDAY = { title: 'Wednesday', rows: [{ id: 'wed-10', title: '10:00' }] };
const list = (more: Partial<ListMessage> = {}): ListMessage => ({
  to: phone,
  text: 'Which time suits you?',
  list: { button: 'Choose', sections: [TUESDAY] },
  ...more,
});
const ROWS = [{ id: 'tue-9', title: '9:00', description: 'Dr. Ana' }];
const BOTH = { button: 'Choose', sections: [TUESDAY, WEDNESDAY] };
const LONG = 'A'.repeat(70);

describe('ButtonMessagingService.send for texts and lists', () => {
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

  const optionList = { title: 'Which time suits you?', buttonLabel: 'Choose', options: ROWS };
  const zApiList = { phone, message: 'Which time suits you?', optionList };
  const cloudList = {
    type: 'list',
    body: { text: 'Which time suits you?' },
    action: { button: 'Choose', sections: [TUESDAY] },
  };
  const chatvoltList = {
    agentId: flat.agentId,
    conversationId: 'conv-1',
    body_text: 'Which time suits you?',
    button_text: 'Choose',
    section_1_title: 'Tuesday',
    section_1_row_1_id: 'tue-9',
    section_1_row_1_title: '9:00',
    section_1_row_1_description: 'Dr. Ana',
  };

  it.each<[account: string, what: string, given: Message, endpoint: string, body: object]>([
    ['zap', 'a text', { to: phone, text: 'Thank you' }, '/send-text', { phone, message: 'Thank you' }],
    [
      'zap',
      'a text to a group',
      { to: { group: '120363019502650977-group' }, text: 'Hi' },
      '/send-text',
      { phone: '120363019502650977-group', message: 'Hi' },
    ],
    ['zap', 'a list', list(), '/send-option-list', zApiList],
    [
      'zap',
      'a list with a header as its title',
      list({ header: { text: 'Times' } }),
      '/send-option-list',
      { ...zApiList, optionList: { ...optionList, title: 'Times' } },
    ],
    [
      'zap',
      'a list whose title is the first line of the text, cut at 60 characters',
      list({ text: `${LONG}\nMore` }),
      '/send-option-list',
      { phone, message: `${LONG}\nMore`, optionList: { ...optionList, title: 'A'.repeat(60) } },
    ],
    [
      'volt',
      'a text to a conversation',
      { to: toConversation, text: 'Thank you' },
      '/conversation/message/conversationId/conv-1',
      { message: 'Thank you' },
    ],
    [
      'volt',
      'a text to a phone number',
      { to: phone, text: 'Thank you' },
      `/conversation/message/phone/${phone}`,
      { agentId: flat.agentId, message: 'Thank you', channel: 'whatsapp' },
    ],
    ['volt', 'a list', list({ to: toConversation }), '/messages/interactive/send-lists', chatvoltList],
    [
      'volt',
      'a list with two sections, a header and a footer',
      list({ to: toConversation, header: { text: 'Times' }, footer: 'End', list: BOTH }),
      '/messages/interactive/send-lists',
      {
        ...chatvoltList,
        header_text: 'Times',
        footer_text: 'End',
        section_2_title: 'Wednesday',
        section_2_row_1_id: 'wed-10',
        section_2_row_1_title: '10:00',
      },
    ],
    [
      'meta',
      'a text',
      { to: phone, text: 'Thank you' },
      '/messages',
      {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: phone,
        type: 'text',
        text: { body: 'Thank you' },
      },
    ],
    ['meta', 'a list', list(), '/messages', cloud(cloudList)],
    [
      'meta',
      'a list with two sections, a header and a footer',
      list({ header: { text: 'Times' }, footer: 'End', list: BOTH }),
      '/messages',
      cloud({
        ...cloudList,
        header: { type: 'text', text: 'Times' },
        footer: { text: 'End' },
        action: { button: 'Choose', sections: [TUESDAY, WEDNESDAY] },
      }),
    ],
  ])('sends from %s: %s', async (account, _what, given, endpoint, body) => {
    const sent = await app.messaging.send(given, { account });
    expect(server.bodies).toEqual([body]);
    expect(server.requests[0]?.url.endsWith(endpoint)).toBe(true);
    expect(sent).toMatchObject({ account, messageId: 'M1', to: given.to });
    expect(sent).not.toHaveProperty('degraded');
  });

  it.each<[account: string, what: string, given: Message, reason: RegExp]>([
    ['zap', 'several sections', list({ list: BOTH }), /one section/],
    ['zap', 'a footer', list({ footer: 'End' }), /footer/],
    ['zap', 'a list in a group', list({ to: { group: '120363019502650977-group' } }), /group/],
    ['zap', 'a text to a conversation', { to: toConversation, text: 'Hi' }, /conversation/],
    [
      'volt',
      'a section without a title',
      list({ to: toConversation, list: { button: 'C', sections: [{ rows: ROWS }] } }),
      /title/,
    ],
    [
      'volt',
      'two rows with the same title',
      list({
        to: toConversation,
        list: { button: 'C', sections: [TUESDAY, { title: 'Friday', rows: [{ id: 'f', title: '9:00' }] }] },
      }),
      /different titles/,
    ],
    ['volt', 'a list to a phone number', list(), /conversations only/],
    ['meta', 'a text to a group', { to: { group: '120363019502650977-group' }, text: 'Hi' }, /phone numbers/],
  ])('throws UnsupportedMessageError from %s for %s', async (account, _what, given, reason) => {
    const error = await errorOf(app.messaging.send(given, { account }));
    expect(error).toBeInstanceOf(UnsupportedMessageError);
    expect((error as UnsupportedMessageError).reasons.join('; ')).toMatch(reason);
    expect(server.requests).toEqual([]);
  });

  it.each<[what: string, given: object, paths: string[]]>([
    ['an empty text', { to: phone, text: ' ' }, ['text']],
    ['a text of 4,097 characters', { to: phone, text: 'a'.repeat(4_097) }, ['text']],
    ['a text with a footer', { to: phone, text: 'Hi', footer: 'End' }, ['footer']],
    ['buttons that are undefined', { to: phone, text: 'Hi', buttons: undefined }, ['buttons']],
    ['buttons and a list', { ...list(), buttons: [{ type: 'reply', id: 'a', title: 'A' }] }, ['list']],
    ['a list without sections', { ...list(), list: { button: 'C', sections: [] } }, ['list.sections']],
    [
      'two rows with the same id',
      list({ list: { button: 'C', sections: [{ rows: [...ROWS, { id: 'tue-9', title: 'x' }] }] } }),
      ['list.sections[0].rows[1].id'],
    ],
    [
      'eleven rows',
      list({
        list: {
          button: 'C',
          sections: [{ rows: Array.from({ length: 11 }, (_, i) => ({ id: `${i}`, title: `${i}` })) }],
        },
      }),
      ['list.sections'],
    ],
    [
      'an image above a list',
      { ...list(), header: { image: 'https://example.com/i.png' } },
      ['header.text', 'header.image'],
    ],
  ])('rejects %s with its path', async (_what, given, paths) => {
    const error = await errorOf(app.messaging.send(given as Message));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect((error as InvalidMessageError).issues.map(({ path }) => path).sort()).toEqual([...paths].sort());
    expect(server.requests).toEqual([]);
  });

  it('sends a list that the account does not support as a numbered text', async () => {
    const sent = await app.messaging.send(list({ header: { text: 'Times' }, footer: 'End', list: BOTH }), {
      account: 'zap',
      fallback: 'text',
    });
    expect(sent).toMatchObject({ degraded: 'text' });
    const text = 'Times\n\nWhich time suits you?\n\nTuesday\n1. 9:00 - Dr. Ana\n\nWednesday\n2. 10:00\n\nEnd';
    expect(server.bodies).toEqual([{ phone, message: text }]);
  });

  it('returns the form of each account from carriers() and preview()', async () => {
    const forms = async (given: Message) =>
      (await app.messaging.carriers(given)).map(({ account, as }) => [account, as]);
    expect(await forms({ to: phone, text: 'Hi' })).toEqual([
      ['zap', 'text'],
      ['volt', 'text'],
      ['meta', 'text'],
    ]);
    expect(await forms(list())).toEqual([
      ['zap', 'list'],
      ['volt', undefined],
      ['meta', 'list'],
    ]);
    const [preview] = await app.messaging.preview(list());
    expect(preview).toMatchObject({ as: 'list', issues: [], requests: [{ body: zApiList }] });
    expect(server.requests).toEqual([]);
  });

  it('continues with the next account of via when one does not support the list', async () => {
    const sent = await app.messaging.send(list({ list: BOTH }), { via: ['zap', 'meta'] });
    expect(sent).toMatchObject({ account: 'meta', tried: [{ account: 'zap', code: 'unsupported-message' }] });
  });

  it('looks up the conversation of a list, and sends a text without one', async () => {
    own = await openAppWithoutRetries({ accounts: [chatvoltAccount(server.url, { lookUpConversations: true })] });
    server.next({ body: [{ id: 'conv-1', createdAt: '2026-01-01T00:00:00Z', channelExternalId: phone }] });
    await own.messaging.send(list());
    expect(server.bodies.at(-1)).toEqual(chatvoltList);
    server
      .reset()
      .always(({ method }: ReceivedRequest, response: ServerResponse) =>
        response
          .writeHead(200, { 'Content-Type': 'application/json' })
          .end(method === 'GET' ? '[]' : JSON.stringify(IDS)),
      );
    await own.messaging.send({ to: '5521988887777', text: 'Hi' });
    expect(server.requests.at(-1)?.url.endsWith('/conversation/message/phone/5521988887777')).toBe(true);
  });

  it('sends texts and lists with sendMany()', async () => {
    const results = [];
    const messages: Message[] = [{ to: phone, text: 'Hi' }, list()];
    for await (const { index, error } of app.messaging.sendMany(messages, { account: 'meta' })) {
      results.push([index, error]);
    }
    expect(results.sort()).toEqual([
      [0, undefined],
      [1, undefined],
    ]);
  });
});
