import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewaySimulator, type NewSimulatedTemplate } from '../../../lib/simulator/index.js';
import { cloud, cloudAccount, cloudButtons } from './clients.js';
import { cloudField, cloudValue, control, type Field, startField } from './field.js';

const REMINDER: NewSimulatedTemplate = {
  name: 'reminder',
  language: 'pt_BR',
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Olá {{1}}' },
    { type: 'BODY', text: 'Até {{1}} às {{2}}, {{1}}.' },
    { type: 'FOOTER', text: 'Clínica Aurora' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Confirmar' },
        { type: 'URL', text: 'Ver', url: 'https://example.com/{{1}}' },
        { type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+551133334444' },
        { type: 'COPY_CODE' },
        { type: 'FLOW', text: 'Responder' },
      ],
    },
  ],
};
const text = (value: string, parameter_name?: string) => ({ type: 'text', text: value, parameter_name });
const button = (sub_type: string, index: number | string, ...parameters: object[]) => ({
  type: 'button',
  sub_type,
  index,
  parameters,
});
const HEADER = { type: 'header', parameters: [text('Ana')] };
const BODY = { type: 'BODY', parameters: [text('amanhã'), text('10:00')] };
const LINK = button('url', '1', text('abc'));
const CODE = button('copy_code', 3, { type: 'coupon_code', coupon_code: 'OFF10' });

describe('Templates of the simulated Cloud API', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
  });
  afterEach(() => field.close());

  const send = (template: object) => {
    const { interactive: _content, ...envelope } = cloudButtons;
    const path = `${cloudAccount(field.simulator).phoneNumberId}/messages`;
    return cloud(field.simulator, path, { ...envelope, type: 'template', template });
  };
  const sendReminder = (...components: object[]) => send({ name: 'reminder', language: { code: 'pt_BR' }, components });
  const list = async (query = '', business = '100000000000001') =>
    cloud(field.simulator, `${business}/message_templates${query}`);
  const names = (json: unknown) => JSON.stringify(json).match(/"name":"\w+"/g);

  it('sends the text of a template with its values, and its buttons', async () => {
    const template = field.simulator.addTemplate(REMINDER);
    const reply = await sendReminder(
      HEADER,
      BODY,
      LINK,
      CODE,
      button('quick_reply', 0, { type: 'payload', payload: 'yes' }),
    );
    const message = field.simulator.messages().at(-1);
    expect(reply).toMatchObject({ status: 200, json: { messages: [{ id: message?.id, message_status: 'accepted' }] } });
    expect(message).toMatchObject({
      text: 'Até amanhã às 10:00, amanhã.',
      buttons: [
        { id: 'yes', title: 'Confirmar', type: 'reply' },
        { id: '', title: 'Ver', type: 'url' },
        { id: '', title: 'Ligar', type: 'call' },
        { id: '', title: 'COPY_CODE', type: 'copy' },
        { id: '', title: 'Responder' },
      ],
      template,
    });
    await field.simulator.press(message?.id ?? '', 'Confirmar');
    expect(cloudValue(field.app.last().json)).toMatchObject({
      messages: [{ type: 'button', button: { payload: 'yes', text: 'Confirmar' } }],
    });
  });

  it('presses a button without a payload by its text', async () => {
    field.simulator.addTemplate(REMINDER);
    await sendReminder(HEADER, BODY, LINK, CODE);
    await field.simulator.press(field.simulator.messages().at(-1)?.id ?? '', 'Confirmar');
    expect(cloudValue(field.app.last().json)).toMatchObject({ messages: [{ button: { payload: 'Confirmar' } }] });
  });

  it.each([
    [
      'too few values',
      [HEADER, { ...BODY, parameters: [text('x')] }, LINK, CODE],
      132000,
      'body: number of localizable_params (1) does not match the expected number of params (2)',
    ],
    ['no values of the header', [BODY, LINK, CODE], 132000, 'header: number of localizable_params (0)'],
    [
      'an image for a text',
      [{ type: 'header', parameters: [{ type: 'image', image: { id: '1' } }] }, BODY],
      132012,
      'header: Format mismatch, expected TEXT, received IMAGE',
    ],
    [
      'names for positions',
      [HEADER, { ...BODY, parameters: [text('x', 'day'), text('y')] }, LINK, CODE],
      132012,
      'body: the template has positional parameters',
    ],
    ['no suffix of a URL', [HEADER, BODY, CODE], 131008, 'buttons: Button at index 1 of type Url requires a parameter'],
    [
      'an empty code',
      [HEADER, BODY, LINK, button('copy_code', 3)],
      131008,
      'Button at index 3 of type CopyCode requires',
    ],
    [
      'a button of another type',
      [HEADER, BODY, LINK, CODE, button('url', 0, text('x'))],
      132012,
      'Button at index 0 of type QuickReply is not of the type url',
    ],
    [
      'a button that does not exist',
      [HEADER, BODY, LINK, CODE, button('url', 7, text('x'))],
      132018,
      'Button at index 7 does not exist',
    ],
    [
      'cards without a carousel',
      [HEADER, BODY, LINK, CODE, { type: 'carousel', cards: [{}] }],
      132012,
      'carousel: expected 0 cards, received 1',
    ],
  ])('rejects %s', async (_what, components, code, details) => {
    field.simulator.addTemplate(REMINDER);
    const reply = await sendReminder(...components);
    expect(reply.status).toBe(400);
    expect(reply.json).toEqual({
      error: {
        message: expect.stringMatching(new RegExp(`^\\(#${code}\\) `)),
        type: 'OAuthException',
        code,
        error_data: { messaging_product: 'whatsapp', details: expect.stringContaining(details) },
        fbtrace_id: expect.any(String),
      },
    });
    expect(field.simulator.messages()).toHaveLength(0);
  });

  it('rejects an unknown name or language with 404 and 132001', async () => {
    field.simulator.addTemplate(REMINDER);
    const wanted = {
      status: 404,
      json: {
        error: {
          message: '(#132001) Template name does not exist in the translation',
          code: 132001,
          error_data: { details: 'template name (reminder) does not exist in en_US' },
        },
      },
    };
    expect(await send({ name: 'reminder', language: { code: 'en_US' } })).toMatchObject(wanted);
    expect(await send({ name: 'other', language: { code: 'pt_BR' } })).toMatchObject({ status: 404 });
  });

  it.each([
    ['PAUSED', 400, 132015],
    ['DISABLED', 400, 132016],
    ['PENDING', 404, 132001],
    ['REJECTED', 404, 132001],
  ] as const)('rejects a template that is %s', async (status, httpStatus, code) => {
    const { id } = field.simulator.addTemplate(REMINDER);
    expect(await field.simulator.changeTemplate(id, { status })).toMatchObject({ status, rejected_reason: 'NONE' });
    expect(await sendReminder(HEADER, BODY, LINK, CODE)).toMatchObject({
      status: httpStatus,
      json: { error: { code } },
    });
  });

  it('fills named values, fallbacks and media, and reports how the message waits', async () => {
    field.simulator.addTemplate({
      name: 'invoice',
      language: 'en_US',
      category: 'MARKETING',
      parameter_format: 'NAMED',
      messageStatus: 'held_for_quality_assessment',
      components: [
        { type: 'HEADER', format: 'DOCUMENT' },
        { type: 'BODY', text: '{{ amount }} until {{date}}' },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Pay', url: 'https://example.com/pay' }] },
      ],
    });
    const amount = { type: 'currency', parameter_name: 'amount', currency: { fallback_value: '$10', code: 'USD' } };
    const document = { link: 'https://example.com/i.pdf', filename: 'invoice.pdf' };
    const header = { type: 'header', parameters: [{ type: 'document', document }] };
    const invoice = (...components: object[]) => send({ name: 'invoice', language: { code: 'en_US' }, components });
    const reply = await invoice(header, { type: 'body', parameters: [text('Friday', 'date'), amount] });
    expect(reply.json).toMatchObject({ messages: [{ message_status: 'held_for_quality_assessment' }] });
    expect(field.simulator.messages().at(-1)).toMatchObject({ text: '$10 until Friday' });
    for (const [components, details] of [
      [[{ type: 'body', parameters: [text('Friday', 'date'), amount] }], 'expected DOCUMENT, received UNKNOWN'],
      [[header, { type: 'body', parameters: [text('Friday'), amount] }], 'Parameter name (date) is missing'],
      [
        [header, { type: 'body', parameters: [text('Friday', 'date'), { type: 'video', video: {} }] }],
        'received VIDEO',
      ],
    ] as const) {
      const wanted = { code: 132012, error_data: { details: expect.stringContaining(details) } };
      expect(await invoice(...components)).toMatchObject({ status: 400, json: { error: wanted } });
    }
    const fixed = button('url', 0, text('x'));
    expect(await invoice(header, { type: 'body', parameters: [text('Friday', 'date'), amount] }, fixed)).toMatchObject({
      json: { error: { code: 132018 } },
    });
  });

  it('checks the cards of a carousel, and presses their buttons', async () => {
    const card = {
      components: [
        { type: 'HEADER', format: 'IMAGE' },
        { type: 'BODY', text: 'Only {{1}}' },
        { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Buy' }] },
      ],
    } as const;
    field.simulator.addTemplate({
      name: 'offers',
      language: 'en',
      components: [
        { type: 'BODY', text: 'Look' },
        { type: 'CAROUSEL', cards: [card, card] },
      ],
    });
    const image = { type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/a.png' } }] };
    const sent = (card_index: number, price: string) => ({
      card_index,
      components: [image, { type: 'body', parameters: [text(price)] }, button('quick_reply', 0, { payload: price })],
    });
    const offers = (...cards: object[]) =>
      send({ name: 'offers', language: { code: 'en' }, components: [{ type: 'carousel', cards }] });
    expect((await offers(sent(0, '$1'), sent(1, '$2'))).status).toBe(200);
    const message = field.simulator.messages().at(-1);
    expect(message?.buttons).toEqual([
      { id: '$1', title: 'Buy', type: 'reply' },
      { id: '$2', title: 'Buy', type: 'reply' },
    ]);
    await field.simulator.press(message?.id ?? '', '$2');
    expect(cloudValue(field.app.last().json)).toMatchObject({ messages: [{ button: { payload: '$2' } }] });
    expect(await offers(sent(0, '$1'), { card_index: 1 })).toMatchObject({
      json: { error: { code: 132012, error_data: { details: expect.stringContaining('carousel card 1: header') } } },
    });
    expect(await offers(sent(0, '$1'))).toMatchObject({ json: { error: { code: 132012 } } });
  });

  it('lists templates in pages, with fields and filters', async () => {
    for (const name of ['a', 'b', 'c']) field.simulator.addTemplate({ ...REMINDER, name });
    field.simulator.addTemplate({ ...REMINDER, name: 'a', language: 'en_US', status: 'REJECTED' });
    const whole = await list();
    expect(whole.json).toEqual({
      data: expect.arrayContaining([
        {
          id: expect.stringMatching(/^\d{15}$/),
          name: 'a',
          language: 'pt_BR',
          status: 'APPROVED',
          category: 'UTILITY',
          parameter_format: 'POSITIONAL',
          components: REMINDER.components,
        },
      ]),
      paging: { cursors: { before: expect.any(String), after: expect.any(String) } },
    });
    const first = await list('?fields=name,quality_score&limit=3');
    expect(names(first.json)).toEqual(['"name":"a"', '"name":"b"', '"name":"c"']);
    expect(first.json).toMatchObject({ data: [{ quality_score: { score: 'UNKNOWN' } }, {}, {}] });
    const next = new URL(JSON.stringify(first.json).match(/"next":"([^"]+)"/)?.[1] ?? '');
    expect(next.searchParams.get('limit')).toBe('3');
    const second = await list(next.search);
    expect(second.json).toEqual({
      data: [{ id: expect.any(String), name: 'a', quality_score: { score: 'UNKNOWN' } }],
      paging: { cursors: expect.any(Object) },
    });
    const last = await list(`?after=${JSON.stringify(second.json).match(/"after":"([^"]+)"/)?.[1]}`);
    expect(last.json).toEqual({ data: [] });
    expect(names((await list('?name=b')).json)).toEqual(['"name":"b"']);
    expect((await list('?name=a&language=en_US&status=rejected&fields=status')).json).toMatchObject({
      data: [{ status: 'REJECTED' }],
    });
    for (const wrong of ['?limit=0', '?after=YWI']) expect(await list(wrong)).toMatchObject({ status: 400 });
    expect(await list('', '999')).toMatchObject({ status: 400, json: { error: { code: 100 } } });
  });

  it('keeps the templates of business accounts apart', async () => {
    const { simulator } = field;
    const branch = simulator.addAccount({
      provider: 'whatsapp-cloud',
      name: 'branch',
      businessAccountId: '100000000000777',
    });
    simulator.addTemplate(REMINDER, 'branch');
    expect((await list()).json).toEqual({ data: [] });
    expect(await sendReminder()).toMatchObject({ status: 200 });
    const theirs = await fetch(
      `${branch.baseUrl}/100000000000777/message_templates?access_token=${branch.accessToken}`,
    );
    expect(await theirs.json()).toMatchObject({ data: [{ name: 'reminder' }] });
    await simulator.announce('branch', { type: 'reinstated' });
    expect(field.app.last().json).toMatchObject({ entry: [{ id: '100000000000777' }] });
    expect(() => simulator.addTemplate(REMINDER, 'nowhere')).toThrow('no whatsapp-cloud account');
  });

  it('announces a changed status', async () => {
    const { simulator } = field;
    const { id } = simulator.addTemplate(REMINDER);
    await simulator.changeTemplate(id, { status: 'REJECTED', reason: 'INVALID_FORMAT', announce: true });
    expect(cloudField(field.app.last().json)).toBe('message_template_status_update');
    expect(cloudValue(field.app.last().json)).toEqual({
      event: 'REJECTED',
      message_template_id: Number(id),
      message_template_name: 'reminder',
      message_template_language: 'pt_BR',
      reason: 'INVALID_FORMAT',
    });
    simulator.removeAccount('whatsapp-cloud');
    await simulator.changeTemplate(id, { status: 'APPROVED', announce: true });
    expect(field.app.received).toHaveLength(1);
    await expect(simulator.changeTemplate('1', { status: 'APPROVED' })).rejects.toThrow('no template with the ID "1"');
  });

  it('keeps a long ID as text in webhooks', async () => {
    const { id } = field.simulator.addTemplate({ ...REMINDER, id: '98765432109876543210' });
    await field.simulator.changeTemplate(id, { status: 'PAUSED', announce: true });
    expect(cloudValue(field.app.last().json)).toMatchObject({ message_template_id: '98765432109876543210' });
  });

  it('sends webhooks to the URL that an app subscribes with', async () => {
    const path = '100000000000001/subscribed_apps';
    const subscribe = (body: unknown) => cloud(field.simulator, path, body);
    const url = `${field.app.url}/override`;
    expect(await subscribe('')).toMatchObject({ status: 200, json: { success: true } });
    expect(await subscribe({ override_callback_uri: url })).toMatchObject({ status: 400 });
    expect(await subscribe([])).toMatchObject({ status: 200 });
    expect(await subscribe({ override_callback_uri: url, verify_token: 'x' })).toMatchObject({
      json: { success: true },
    });
    expect((await cloud(field.simulator, path)).json).toMatchObject({ data: [{ override_callback_uri: url }] });
    await field.simulator.write('whatsapp-cloud', { from: '5511999999999', type: 'text', text: 'Hi' });
    expect(field.app.last().url).toBe('/webhooks/override');
    await cloud(field.simulator, path, undefined, { method: 'DELETE' });
    expect((await cloud(field.simulator, path)).text).not.toContain('override_callback_uri');
    expect(await cloud(field.simulator, '100000000000001/phone_numbers')).toMatchObject({ status: 501 });
  });

  it('adds, lists, changes and removes templates over HTTP', async () => {
    const ask = (method: string, path: string, body?: unknown) => control(field.simulator, method, path, body);
    const added = await ask('POST', '/templates', REMINDER);
    expect(added).toMatchObject({ status: 200, json: { name: 'reminder', status: 'APPROVED' } });
    const [template] = field.simulator.templates();
    expect((await ask('GET', '/templates')).json).toEqual([template]);
    const path = `/templates/${template?.id}`;
    expect(await ask('PATCH', path, { status: 'PAUSED', announce: true })).toMatchObject({
      json: { status: 'PAUSED' },
    });
    expect(field.app.received).toHaveLength(1);
    expect(await ask('PATCH', path, { status: 'GONE' })).toMatchObject({ status: 400 });
    expect(await ask('DELETE', path)).toMatchObject({ json: { done: true } });
    expect(await ask('DELETE', path)).toMatchObject({ status: 409 });
    expect(await ask('PATCH', path, { status: 'APPROVED' })).toMatchObject({ status: 409 });
  });

  it.each([
    [{ ...REMINDER, name: 'Not a name' }],
    [{ ...REMINDER, components: [] }],
    [{ ...REMINDER, components: [{ type: 'SONG' }] }],
    [{ ...REMINDER, components: [{ type: 'CAROUSEL', cards: [{}] }] }],
    [{ ...REMINDER, status: 'FINE' }],
    [7],
  ])('rejects the template %j', async (template) => {
    expect(await control(field.simulator, 'POST', '/templates', template)).toMatchObject({
      status: 400,
      json: { error: expect.stringMatching(/Invalid template|JSON object/) },
    });
  });

  it('replaces a template with the same name and language, and rejects an ID that is taken', () => {
    const { simulator } = field;
    const { id } = simulator.addTemplate(REMINDER);
    expect(simulator.addTemplate({ ...REMINDER, status: 'PAUSED' })).toMatchObject({ id, status: 'PAUSED' });
    expect(simulator.templates()).toHaveLength(1);
    expect(() => simulator.addTemplate({ ...REMINDER, name: 'other', id })).toThrow('already has the ID');
    simulator.removeTemplate(id);
    expect(simulator.templates()).toHaveLength(0);
  });

  it('has the templates of its options from the start, and closes if one is invalid', async () => {
    const simulator = await GatewaySimulator.start({ templates: [REMINDER] });
    const port = Number(new URL(simulator.url).port);
    expect(simulator.templates()).toMatchObject([{ name: 'reminder' }]);
    await simulator.close();
    await expect(GatewaySimulator.start({ port, templates: [{ ...REMINDER, name: '' }] })).rejects.toThrow(TypeError);
    await (await GatewaySimulator.start({ port })).close();
  });
});
