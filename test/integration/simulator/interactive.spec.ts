import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReplyContent } from '../../../lib/simulator/index.js';
import { cloud, cloudAccount, cloudButtons } from './clients.js';
import { cloudValue, control, type Field, startField } from './field.js';

const BODY = { text: 'Hello' };
const LOCATION = { type: 'location_request_message', body: BODY, action: { name: 'send_location' } };
const CONTACT = { type: 'request_contact_info', body: BODY, action: { name: 'request_contact_info' } };
const PERMISSION = { type: 'call_permission_request', action: { name: 'call_permission_request' } };
const flow = (parameters: object = {}) => ({
  type: 'flow',
  header: { type: 'text', text: 'Booking' },
  body: BODY,
  footer: { text: 'Clinic' },
  action: {
    name: 'flow',
    parameters: {
      flow_message_version: '3',
      flow_id: '1',
      flow_cta: 'Book',
      flow_token: 'token-1',
      flow_action: 'navigate',
      flow_action_payload: { screen: 'DAY', data: { day: 'monday' } },
      ...parameters,
    },
  },
});
const image = (link = 'https://example.com/a.png') => ({ type: 'image', image: { link } });
const link = { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com/x' } };
const quick = (...ids: string[]) => ({
  buttons: ids.map((id) => ({ type: 'quick_reply', quick_reply: { id, title: `Title ${id}` } })),
});
const card = (card_index: number | undefined, more: object = {}) => ({
  card_index,
  type: 'cta_url',
  header: image(),
  body: { text: 'Card' },
  action: link,
  ...more,
});
const carousel = (cards: object[], more: object = {}) => ({ type: 'carousel', body: BODY, action: { cards }, ...more });

describe('Interactive messages of the simulated Cloud API', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
  });
  afterEach(() => field.close());

  const send = (interactive: object) =>
    cloud(field.simulator, `${cloudAccount(field.simulator).phoneNumberId}/messages`, { ...cloudButtons, interactive });
  const accepted = async (interactive: object) => {
    expect(await send(interactive)).toMatchObject({ status: 200 });
    const message = field.simulator.messages().at(-1);
    if (!message) throw new Error('nothing was accepted');
    return message;
  };
  const received = () => cloudValue(field.app.last().json);

  it.each([
    ['a flow', flow(), [{ id: '', title: 'Book', type: 'flow' }]],
    ['a flow by name', flow({ flow_id: undefined, flow_name: 'booking', mode: 'draft' }), [{ type: 'flow' }]],
    ['a location request', LOCATION, [{ title: 'Send location', type: 'location' }]],
    ['a contact request', CONTACT, [{ title: 'Share contact info', type: 'contact' }]],
    ['a call permission request', PERMISSION, [{ title: 'Choose preference', type: 'call-permission' }]],
    ['a carousel of links', carousel([card(0), card(1)]), [{ type: 'url' }, { type: 'url' }]],
    [
      'a carousel of replies',
      carousel([
        card(0, { action: quick('a', 'b') }),
        card(1, { action: quick('c', 'd'), header: { type: 'image', image: { id: '1' } } }),
      ]),
      [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd', title: 'Title d', type: 'reply' }],
    ],
  ])('accepts %s', async (_what, interactive, buttons) => {
    expect((await accepted(interactive)).buttons).toMatchObject(buttons);
  });

  it.each([
    ['a flow of another version', flow({ flow_message_version: '2' }), 100, 'flow_message_version'],
    ['a flow with ID and name', flow({ flow_name: 'booking' }), 131009, 'flow_id must not be next to flow_name'],
    ['a flow without ID', flow({ flow_id: undefined }), 131008, 'flow_id is required'],
    ['a long title of a flow', flow({ flow_cta: 'x'.repeat(31) }), 131009, 'flow_cta must have at most 30'],
    ['another action of a flow', flow({ flow_action: 'dance' }), 100, 'flow_action must be one of'],
    ['a location request without a text', { ...LOCATION, body: undefined }, 131008, 'interactive.body is required'],
    ['another name', { ...CONTACT, action: { name: 'send_location' } }, 100, 'interactive.action.name'],
    ['one card', carousel([card(0)]), 131009, 'cards must have at least 2'],
    [
      'eleven cards',
      carousel(Array.from({ length: 11 }, (_, index) => card(Math.min(index, 9)))),
      131009,
      'at most 10',
    ],
    ['cards without an index', carousel([card(undefined), card(1)]), 131008, 'must have a card_index each'],
    ['cards with the same index', carousel([card(1), card(1)]), 131009, 'must have a unique card_index'],
    [
      'cards with different headers',
      carousel([card(0), card(1, { header: { type: 'video', video: { id: '1' } } })]),
      131009,
      'the same header',
    ],
    ['cards with different buttons', carousel([card(0), card(1, { action: quick('a') })]), 131009, 'the same header'],
    ['a text above a card', carousel([card(0), card(1, { header: { type: 'text', text: 'x' } })]), 100, 'header.type'],
    ['a long text of a card', carousel([card(0), card(1, { body: { text: 'x'.repeat(161) } })]), 131009, 'at most 160'],
    ['a card with many lines', carousel([card(0), card(1, { body: { text: 'a\nb\nc\nd' } })]), 131009, '2 line breaks'],
    ['a carousel with a header', carousel([card(0), card(1)], { header: image() }), 131009, 'header must be left out'],
    ['a carousel with a footer', carousel([card(0), card(1)], { footer: { text: 'x' } }), 131009, 'footer must be'],
  ])('rejects %s', async (_what, interactive, code, details) => {
    expect(await send(interactive)).toMatchObject({
      status: 400,
      json: { error: { code, error_data: { details: expect.stringContaining(details) } } },
    });
    expect(field.simulator.messages()).toHaveLength(0);
  });

  it.each([
    ['product', { type: 'product', body: BODY, action: {} }],
    ['product carousel', carousel([{ card_index: 0, type: 'product', action: {} }])],
  ])('responds 501 to a %s', async (what, interactive) => {
    const reply = await send(interactive);
    expect(reply.status).toBe(501);
    expect(reply.text).toContain(`interactive messages of the type ${what}`);
  });

  it.each<[what: string, interactive: object, content: ReplyContent, message: object]>([
    [
      'a flow',
      flow(),
      { type: 'flow', response: { flow_token: 'token-1', day: 'friday' } },
      {
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"token-1","day":"friday"}' },
        },
      },
    ],
    [
      'a location request',
      LOCATION,
      { type: 'location', latitude: -23.5, longitude: -46.6 },
      { type: 'location', location: { latitude: -23.5, longitude: -46.6 } },
    ],
    [
      'a contact request',
      CONTACT,
      { type: 'contact', name: 'Ana', phone: '5511999999999' },
      {
        type: 'contacts',
        contacts: [
          {
            origin: 'contact_request',
            name: { formatted_name: 'Ana' },
            phones: [{ phone: '+5511999999999', wa_id: '5511999999999', type: 'CELL' }],
          },
        ],
      },
    ],
    [
      'a call permission request',
      PERMISSION,
      { type: 'call-permission', response: 'accept' },
      {
        type: 'interactive',
        interactive: {
          type: 'call_permission_reply',
          call_permission_reply: {
            response: 'accept',
            is_permanent: false,
            expiration_timestamp: expect.any(Number),
            response_source: 'user_action',
          },
        },
      },
    ],
    [
      'a call permission request, without end',
      PERMISSION,
      { type: 'call-permission', response: 'accept', permanent: true },
      {
        type: 'interactive',
        interactive: {
          type: 'call_permission_reply',
          call_permission_reply: { response: 'accept', is_permanent: true, response_source: 'user_action' },
        },
      },
    ],
  ])('replies to %s', async (_what, interactive, content, wanted) => {
    const { id } = await accepted(interactive);
    expect(await field.simulator.reply(id, content)).toMatchObject({ status: 200 });
    expect(received()).toMatchObject({
      messages: [
        { from: '5511999999999', id: expect.any(String), timestamp: expect.any(String), context: { id }, ...wanted },
      ],
    });
    expect(field.simulator.messages().at(-1)?.answers).toMatchObject([{ kind: 'content', content }]);
  });

  it('replies with a picture that does not quote the message, and marks no contact as requested', async () => {
    const { id } = await accepted(LOCATION);
    await field.simulator.reply(id, { type: 'image', caption: 'Here' }, { quoting: false });
    expect(JSON.stringify(received())).not.toContain('context');
    expect(received()).toMatchObject({ messages: [{ type: 'image', image: { caption: 'Here' } }] });
    await field.simulator.write('whatsapp-cloud', { from: '5511999999999', type: 'contact', name: 'Bia', phone: '55' });
    expect(JSON.stringify(received())).not.toContain('origin');
  });

  it('presses the replies of a carousel, but no button that asks for something', async () => {
    const { id } = await accepted(carousel([card(0, { action: quick('a') }), card(1, { action: quick('b') })]));
    await field.simulator.press(id, 'b');
    expect(received()).toMatchObject({
      messages: [
        { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'b', title: 'Title b' } } },
      ],
    });
    const request = await accepted(LOCATION);
    await expect(field.simulator.press(request.id, 'Send location')).rejects.toThrow('is a location button');
  });

  it('replies over HTTP, and automatically', async () => {
    const { id } = await accepted(flow());
    const act = (body: object) => control(field.simulator, 'POST', '/phones/acts', body);
    const content = { type: 'flow', response: { day: 'friday' } };
    expect(await act({ kind: 'reply', messageId: id, content, options: { quoting: false } })).toMatchObject({
      json: { done: true, status: 200 },
    });
    expect(await act({ kind: 'reply', messageId: id, content: { type: 'text', text: 'x' } })).toMatchObject({
      status: 400,
    });
    const permission = { type: 'call-permission', response: 'reject' };
    for (const callbacks of [[{ kind: 'reply', content: permission }]]) {
      await control(field.simulator, 'POST', '/callbacks', {
        account: 'whatsapp-cloud',
        callbacks,
        when: 'before-answer',
      });
    }
    await accepted(PERMISSION);
    expect(received()).toMatchObject({
      messages: [{ interactive: { call_permission_reply: { response: 'reject', is_permanent: false } } }],
    });
    expect(
      await control(field.simulator, 'POST', '/callbacks', {
        account: 'whatsapp-cloud',
        callbacks: [{ kind: 'reply', content: {} }],
      }),
    ).toMatchObject({ status: 400 });
  });
});

describe('Read marks of the simulated Cloud API', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
  });
  afterEach(() => field.close());

  const post = (body: object) =>
    cloud(field.simulator, `${cloudAccount(field.simulator).phoneNumberId}/messages`, {
      messaging_product: 'whatsapp',
      ...body,
    });
  const sendTo = async (to: string) => {
    await post({ ...cloudButtons, to });
    return field.simulator.messages().at(-1)?.id ?? '';
  };
  const answersOf = (id: string) => field.simulator.messages().find((message) => message.id === id)?.answers ?? [];

  it('marks a reply and the earlier ones of the same person as read, and shows typing', async () => {
    const [first, second, other] = [
      await sendTo('5511999990001'),
      await sendTo('5511999990001'),
      await sendTo('5511999990002'),
    ];
    await field.simulator.press(first, 'Yes');
    await field.simulator.type(other, 'Hi');
    await field.simulator.type(second, 'Hi', { messageId: 'wamid.MINE' });
    const marked = { status: 'read', message_id: 'wamid.MINE' };
    expect(answersOf(second)).toMatchObject([{ kind: 'text', id: 'wamid.MINE' }]);
    expect(await post({ ...marked, message_id: 'wamid.UNKNOWN' })).toMatchObject({ status: 200 });
    expect(answersOf(second)[0]).not.toHaveProperty('readAt');
    await post(marked);
    expect([answersOf(first), answersOf(second)]).toMatchObject([
      [{ readAt: expect.any(Date) }],
      [{ readAt: expect.any(Date) }],
    ]);
    expect(answersOf(other)[0]).not.toHaveProperty('readAt');
    await post({ ...marked, typing_indicator: { type: 'text' } });
    const message = field.simulator.messages().find(({ id }) => id === second);
    expect(message?.typingUntil?.getTime()).toBeGreaterThan(Date.now());
    expect(message?.answers[0]?.readAt).toEqual(answersOf(second)[0]?.readAt);
  });

  it('gives replies to Z-API and replies without an ID none', async () => {
    const id = await sendTo('5511999990001');
    await field.simulator.type(id, 'Hi', { messageId: null });
    expect(answersOf(id)[0]?.id).toMatch(/^wamid\./);
    expect(JSON.stringify(cloudValue(field.app.last().json))).not.toContain('"id":"wamid');
  });
});
