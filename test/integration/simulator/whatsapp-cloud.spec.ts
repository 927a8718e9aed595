import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { cloud, cloudAccount, cloudButtons, cloudList } from './clients.js';

describe('Simulated WhatsApp Cloud API', () => {
  let simulator: GatewaySimulator;
  let path: string;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    path = `${cloudAccount(simulator).phoneNumberId}/messages`;
  });
  afterAll(() => simulator.close());

  const interactive = (content: object) => ({ ...cloudButtons, interactive: { body: { text: 'Hello' }, ...content } });
  const url = { display_text: 'Open', url: 'https://example.com' };
  const replies = (...titles: string[]) =>
    titles.map((title, id) => ({ type: 'reply', reply: { id: `b${id}`, title } }));

  it.each([
    [
      'button',
      { ...cloudButtons, biz_opaque_callback_data: 'mine', context: { message_id: 'wamid.x' } },
      [
        { id: 'yes', title: 'Yes', type: 'reply' },
        { id: 'no', title: 'No', type: 'reply' },
      ],
    ],
    [
      'cta_url',
      interactive({
        type: 'cta_url',
        header: { type: 'image', image: { link: 'https://example.com/a.png' } },
        action: { name: 'cta_url', parameters: url },
      }),
      [{ id: '', title: 'Open', type: 'url' }],
    ],
    ['list', cloudList, [{ id: 'mon', title: 'Monday', type: 'option' }]],
    [
      'voice_call',
      interactive({ type: 'voice_call', action: { name: 'voice_call', parameters: { display_text: 'Call us' } } }),
      [{ id: '', title: 'Call us', type: 'call' }],
    ],
    ['text', { ...cloudButtons, interactive: undefined, type: 'text', text: { body: 'Hello', preview_url: true } }, []],
  ])('accepts %s', async (_what, body, buttons) => {
    const reply = await cloud(simulator, path, body);
    const id = simulator.messages().at(-1)?.id;
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: '5511999999999', wa_id: '5511999999999' }],
      messages: [{ id }],
    });
    expect(id).toMatch(/^wamid\.HBgN[A-Za-z0-9+/]+=*$/);
    expect(simulator.messages().at(-1)).toMatchObject({
      provider: 'whatsapp-cloud',
      endpoint: 'messages',
      to: '5511999999999',
      buttons,
      body: JSON.parse(JSON.stringify(body)),
    });
  });

  it.each([
    [
      'four buttons',
      interactive({ type: 'button', action: { buttons: replies('A', 'B', 'C', 'D') } }),
      131009,
      'Invalid buttons count',
    ],
    ['no buttons', interactive({ type: 'button', action: { buttons: [] } }), 131009, 'Invalid buttons count'],
    [
      'a long title',
      interactive({ type: 'button', action: { buttons: replies('x'.repeat(21)) } }),
      131009,
      'interactive.action.buttons[0].reply.title',
    ],
    [
      'a repeated title',
      interactive({ type: 'button', action: { buttons: replies('A', 'A') } }),
      131009,
      'unique titles',
    ],
    [
      'an id with a trailing space',
      interactive({ type: 'button', action: { buttons: [{ type: 'reply', reply: { id: 'a ', title: 'A' } }] } }),
      131009,
      'space',
    ],
    [
      'a long text',
      { ...cloudButtons, interactive: { ...cloudButtons.interactive, body: { text: 'x'.repeat(1025) } } },
      131009,
      'interactive.body.text',
    ],
    [
      'a long footer',
      { ...cloudButtons, interactive: { ...cloudButtons.interactive, footer: { text: 'x'.repeat(61) } } },
      131009,
      'interactive.footer.text',
    ],
    [
      'an image above a list',
      { ...cloudList, interactive: { ...cloudList.interactive, header: { type: 'image', image: { id: '1' } } } },
      131009,
      'header.type',
    ],
    [
      'a missing text',
      interactive({ type: 'button', body: {}, action: { buttons: replies('A') } }),
      131008,
      'interactive.body.text is required',
    ],
    ['no recipient', { ...cloudButtons, to: undefined }, 131008, 'to is required'],
    ['a recipient that is not a number', { ...cloudButtons, to: 'Maria' }, 100, 'to must be'],
    ['no messaging_product', { ...cloudButtons, messaging_product: 'telegram' }, 100, 'messaging_product'],
    [
      'an unknown field',
      interactive({ type: 'button', color: 'red', action: { buttons: replies('A') } }),
      100,
      'interactive.color is not a known field',
    ],
    ['an unknown kind', interactive({ type: 'dance', action: {} }), 100, 'interactive.type'],
    ['an unknown type', { ...cloudButtons, type: 'dance' }, 100, 'type must be one of'],
    ['a body that is not JSON', '{', 100, 'JSON'],
  ])('rejects %s', async (_what, body, code, details) => {
    const before = simulator.messages().length;
    const reply = await cloud(simulator, path, body);
    expect(reply.status).toBe(400);
    expect(reply.json).toEqual({
      error: {
        message: expect.stringMatching(new RegExp(`^\\(#${code}\\) `)),
        type: 'OAuthException',
        code,
        error_data: { messaging_product: 'whatsapp', details: expect.stringContaining(details) },
        fbtrace_id: expect.stringMatching(/^A.{22}$/),
      },
    });
    expect(simulator.messages()).toHaveLength(before);
  });

  it.each([[{}], [{ Authorization: 'Bearer wrong' }]])('rejects the credentials %j with 401', async (headers) => {
    const reply = await cloud(simulator, path, cloudButtons, { headers });
    expect(reply).toMatchObject({ status: 401, json: { error: { code: 190, fbtrace_id: expect.any(String) } } });
  });

  it('responds to the health check', async () => {
    const id = cloudAccount(simulator).phoneNumberId;
    expect(await cloud(simulator, id)).toMatchObject({ status: 200, json: { id, quality_rating: 'GREEN' } });
    expect((await cloud(simulator, `${id}?fields=quality_rating`)).json).toEqual({ quality_rating: 'GREEN', id });
  });

  it('rejects other phone numbers and paths', async () => {
    expect(await cloud(simulator, '999/messages', cloudButtons)).toMatchObject({
      status: 400,
      json: { error: { code: 100, type: 'GraphMethodException' } },
    });
    expect(await cloud(simulator, `${path}/more`, cloudButtons)).toMatchObject({
      status: 400,
      json: { error: { code: 2500 } },
    });
  });
});
