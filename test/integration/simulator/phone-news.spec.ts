import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import type { PhoneNews } from '../../../lib/simulator/phones/phone-news.interface.js';
import { cloud, cloudAccount, cloudButtons, zApi } from './clients.js';
import { type Field, startField } from './field.js';

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('What the phones show', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
  });
  afterEach(() => field.close());

  const snapshot = async () => {
    const stream = new AbortController();
    const response = await fetch(`${field.simulator.url}/phones/events`, { signal: stream.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!/event: snapshot\ndata: .*\n\n/.test(text)) text += (await reader?.read())?.value ?? '';
    stream.abort();
    const news: PhoneNews = JSON.parse(text.match(/event: snapshot\ndata: (.*)\n\n/)?.[1] ?? '');
    return news;
  };
  const last = async (): Promise<PhoneMessage> => {
    const message = (await snapshot()).messages.at(-1);
    if (!message) throw new Error('no message');
    return message;
  };
  const path = () => `${cloudAccount(field.simulator).phoneNumberId}/messages`;
  const send = async (content: object) => {
    const { interactive: _content, ...envelope } = cloudButtons;
    const reply = await cloud(field.simulator, path(), { ...envelope, ...content });
    if (reply.status !== 200) throw new Error(reply.text);
    return field.simulator.messages().at(-1)?.id ?? '';
  };
  const interactive = (content: object) =>
    send({ type: 'interactive', interactive: { body: { text: 'Hi' }, ...content } });

  it('draws a flow with the fields that the request names, without the token', async () => {
    const parameters = {
      flow_message_version: '3',
      flow_id: '1',
      flow_cta: 'Book',
      flow_token: 'token',
      flow_action_payload: { screen: 'DAY', data: { day: 'monday', seats: 2 } },
    };
    await interactive({ type: 'flow', action: { name: 'flow', parameters } });
    expect((await last()).content).toEqual({
      text: 'Hi',
      buttons: [{ index: 0, title: 'Book', type: 'flow' }],
      form: {
        index: 0,
        token: 'token',
        fields: [
          { name: 'day', value: 'monday' },
          { name: 'seats', value: '2' },
        ],
      },
    });
    const { flow_token: _token, flow_action_payload: _payload, ...bare } = parameters;
    await interactive({ type: 'flow', action: { name: 'flow', parameters: bare } });
    expect((await last()).content.form).toEqual({ index: 0, fields: [] });
  });

  it('draws the cards of a carousel with their media, texts and buttons', async () => {
    const link = { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com/x' } };
    const image = { type: 'image', image: { link: 'https://example.com/a.png' } };
    const cards = [
      { card_index: 0, type: 'cta_url', header: image, body: { text: 'One' }, action: link },
      { card_index: 1, type: 'cta_url', header: { type: 'image', image: { id: '42' } }, action: link },
    ];
    await interactive({ type: 'carousel', action: { cards } });
    const drawn = (index: number) => [{ index, title: 'Open', type: 'url', target: 'https://example.com/x' }];
    expect((await last()).content.cards).toEqual([
      { header: { kind: 'image', url: 'https://example.com/a.png' }, text: 'One', buttons: drawn(0) },
      { header: { kind: 'image', mediaId: '42' }, text: '', buttons: drawn(1) },
    ]);
    const replies = { buttons: ['a', 'b'].map((id) => ({ type: 'quick_reply', quick_reply: { id, title: id } })) };
    await interactive({ type: 'carousel', action: { cards: cards.map((card) => ({ ...card, action: replies })) } });
    expect((await last()).content.cards?.map(({ buttons }) => buttons.map(({ index }) => index))).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('draws a template with its header, footer, buttons, cards and form', async () => {
    const card = {
      components: [
        { type: 'HEADER', format: 'VIDEO' },
        { type: 'BODY', text: 'Card' },
        { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Buy' }] },
      ],
    } as const;
    field.simulator.addTemplate({
      name: 'all',
      language: 'en',
      components: [
        { type: 'HEADER', format: 'DOCUMENT' },
        { type: 'BODY', text: 'Hello {{1}}' },
        { type: 'FOOTER', text: 'Foot' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'URL', text: 'Track', url: 'https://example.com/{{1}}' },
            { type: 'FLOW', text: 'Answer' },
            { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+55' },
            { type: 'OTP', text: 'Copy' },
          ],
        },
        { type: 'CAROUSEL', cards: [card] },
      ],
    });
    const text = (value: string) => ({ type: 'text', text: value });
    const button = (sub_type: string, index: number, parameter: object) => ({
      type: 'button',
      sub_type,
      index,
      parameters: [parameter],
    });
    const components = [
      { type: 'header', parameters: [{ type: 'document', document: { id: '7', filename: 'a.pdf' } }] },
      { type: 'body', parameters: [text('Ana')] },
      button('url', 0, text('abc')),
      button('flow', 1, { type: 'action', action: { flow_token: 'token', flow_action_data: { day: 'friday' } } }),
      button('url', 3, text('1234')),
      {
        type: 'carousel',
        cards: [
          {
            card_index: 0,
            components: [
              { type: 'header', parameters: [{ type: 'video', video: { link: 'https://example.com/v.mp4' } }] },
            ],
          },
        ],
      },
    ];
    await send({ type: 'template', template: { name: 'all', language: { code: 'en' }, components } });
    expect((await last()).content).toEqual({
      header: { kind: 'document', mediaId: '7', filename: 'a.pdf' },
      text: 'Hello Ana',
      footer: 'Foot',
      buttons: [
        { index: 0, title: 'Track', type: 'url', target: 'https://example.com/abc' },
        { index: 1, title: 'Answer', type: 'flow' },
        { index: 2, title: 'Call', type: 'call', target: '+55' },
        { index: 3, title: 'Copy', type: 'copy', target: '1234' },
      ],
      cards: [
        {
          header: { kind: 'video', url: 'https://example.com/v.mp4' },
          text: 'Card',
          buttons: [{ index: 4, title: 'Buy', type: 'reply' }],
        },
      ],
      form: { index: 1, token: 'token', fields: [{ name: 'day', value: 'friday' }] },
    });
  });

  it('draws a form without values, and a place as header of a template', async () => {
    field.simulator.addTemplate({
      name: 'place',
      language: 'en',
      components: [
        { type: 'HEADER', format: 'LOCATION' },
        { type: 'BODY', text: 'Here' },
        { type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Answer' }] },
      ],
    });
    const header = { type: 'header', parameters: [{ type: 'location', location: {} }] };
    await send({ type: 'template', template: { name: 'place', language: { code: 'en' }, components: [header] } });
    expect((await last()).content).toEqual({
      text: 'Here',
      buttons: [{ index: 0, title: 'Answer', type: 'flow' }],
      form: { index: 0, fields: [] },
    });
  });

  it.each([
    [
      { type: 'location', latitude: 1, longitude: 2 },
      { text: '1, 2', content: { kind: 'location', latitude: 1, longitude: 2 } },
    ],
    [
      { type: 'contact', name: 'Bia', phone: '55' },
      { text: 'Bia', content: { kind: 'contact', name: 'Bia', phone: '55' } },
    ],
    [
      { type: 'flow', response: { flow_token: 't', day: 'friday', seats: 2 } },
      {
        text: '',
        content: {
          kind: 'form',
          fields: [
            { name: 'day', value: 'friday' },
            { name: 'seats', value: '2' },
          ],
        },
      },
    ],
    [
      { type: 'call-permission', response: 'accept' },
      { text: '', content: { kind: 'permission', isAccepted: true, isPermanent: false } },
    ],
    [{ type: 'reaction', of: 'wamid.A', emoji: '👍' }, { text: '👍' }],
    [{ type: 'edit', of: 'wamid.A', text: 'New' }, { text: 'New' }],
    [{ type: 'revoke', of: 'wamid.A' }, { text: 'revoke' }],
    [
      { type: 'audio', url: 'https://example.com/a.ogg' },
      { text: '', content: { kind: 'medium', medium: { kind: 'audio', url: 'https://example.com/a.ogg' } } },
    ],
    [
      { type: 'document', filename: 'a.pdf', caption: 'See' },
      { text: 'See', content: { kind: 'medium', medium: { kind: 'document', filename: 'a.pdf' } } },
    ],
  ] as const)('draws the reply %j', async (content, drawn) => {
    const id = await send({ type: 'text', text: { body: 'Hello' } });
    await field.simulator.reply(id, content);
    const { answers } = await last();
    expect(answers).toEqual([
      { kind: 'content', at: expect.any(String), isRead: false, webhook: expect.any(Object), ...drawn },
    ]);
    const { activities } = await snapshot();
    expect(activities.at(-1)).toMatchObject({ subject: { kind: 'text', text: drawn.text || content.type } });
  });

  it('draws a poll vote to Z-API, without a read mark', async () => {
    await zApi(field.simulator, 'send-text', { phone: '5511999990001', message: 'Hello' });
    await field.simulator.reply(field.simulator.messages()[0]?.id ?? '', {
      type: 'poll-vote',
      of: 'A',
      options: ['Mon', 'Tue'],
    });
    expect((await last()).answers).toEqual([
      { kind: 'content', text: 'Mon, Tue', at: expect.any(String), webhook: expect.any(Object) },
    ]);
  });

  it('serves the picture of a reply, and nothing that a browser could run', async () => {
    const id = await send({ type: 'text', text: { body: 'Hello' } });
    await field.simulator.reply(id, { type: 'image', url: PIXEL });
    await field.simulator.reply(id, { type: 'image', url: 'data:image/svg+xml;base64,PHN2Zy8+' });
    await field.simulator.reply(id, { type: 'image' });
    const { answers } = await last();
    const url = `/phones/media?${new URLSearchParams({ message: id, answer: '0' })}`;
    expect(answers.map(({ content }) => content)).toEqual([
      { kind: 'medium', medium: { kind: 'image', url } },
      { kind: 'medium', medium: { kind: 'image', url: '' } },
      { kind: 'medium', medium: { kind: 'image' } },
    ]);
    const served = await fetch(field.simulator.url + url);
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/png']);
    for (const answer of ['1', '2', '3']) {
      expect((await fetch(field.simulator.url + url.replace('answer=0', `answer=${answer}`))).status).toBe(404);
    }
    for (const query of ['message=none&part=0', `message=${encodeURIComponent(id)}&part=0`]) {
      expect((await fetch(`${field.simulator.url}/phones/media?${query}`)).status).toBe(404);
    }
  });

  it('reports typing, read marks and open windows', async () => {
    field.simulator.enforceWindow('status');
    const id = await send({ type: 'text', text: { body: 'Hello' } });
    await field.simulator.type(id, 'Hi', { messageId: 'wamid.A' });
    const mark = {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.A',
      typing_indicator: { type: 'text' },
    };
    await cloud(field.simulator, path(), mark);
    const news = await snapshot();
    expect(news.messages[0]).toMatchObject({ typingUntil: expect.any(String), answers: [{ isRead: true }] });
    expect(news.activities.filter(({ kind }) => kind === 'refused')).toEqual([]);
    expect(news.windows).toEqual({
      enforcedBy: ['whatsapp-cloud'],
      open: [
        {
          account: 'whatsapp-cloud',
          addresses: ['5511999999999', expect.any(String), expect.any(String)],
          until: expect.any(String),
        },
      ],
    });
    field.simulator.addPerson({ userId: 'BR.1A2B3C' });
    field.simulator.openWindow('BR.1A2B3C');
    expect((await snapshot()).windows?.open.at(-1)?.addresses).toEqual(['BR.1A2B3C', expect.any(String)]);
  });
});
