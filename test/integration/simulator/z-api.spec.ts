import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { buttonActions, zApi, zApiAccount } from './clients.js';

describe('Simulated Z-API', () => {
  let simulator: GatewaySimulator;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
  });
  afterAll(() => simulator.close());

  const phone = '5511999999999';
  const message = 'Hello';

  it.each([
    [
      'send-button-actions',
      {
        phone,
        message,
        title: 'T',
        footer: 'F',
        image: 'data:image/png;base64,iVBORw0=',
        delayMessage: 3,
        buttonActions: [
          { type: 'REPLY', label: 'Yes', id: 'yes' },
          { type: 'URL', label: 'Site', url: 'https://example.com' },
          { type: 'CALL', label: 'Call', phone: '+5511999999999' },
          { type: 'URL', label: 'Copy', url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=123' },
        ],
      },
      [
        { id: 'yes', title: 'Yes', type: 'reply' },
        { id: '', title: 'Site', type: 'url' },
        { id: '', title: 'Call', type: 'call' },
        { id: '', title: 'Copy', type: 'copy' },
      ],
    ],
    [
      'send-button-list',
      { phone, message, buttonList: { video: 'https://example.com/a.mp4', buttons: [{ id: '1', label: 'Great' }] } },
      [{ id: '1', title: 'Great', type: 'reply' }],
    ],
    [
      'send-option-list',
      {
        phone,
        message,
        optionList: { title: 'T', buttonLabel: 'Open', options: [{ id: 'a', title: 'A', description: 'first' }] },
      },
      [{ id: 'a', title: 'A', type: 'option' }],
    ],
    ['send-button-otp', { phone, message, code: '123' }, [{ id: '', title: 'Copiar código', type: 'copy' }]],
    [
      'send-carousel',
      {
        phone,
        message,
        carousel: [
          { text: 'One', image: 'https://example.com/1.png', buttons: [{ type: 'REPLY', label: 'Buy', id: 'b1' }] },
          { text: 'Two', image: 'https://example.com/2.png' },
        ],
      },
      [{ id: 'b1', title: 'Buy', type: 'reply' }],
    ],
    [
      'send-poll',
      { phone, message, poll: [{ name: 'Mon' }, { name: 'Tue' }], pollMaxOptions: 1, delayMessage: 1 },
      [
        { id: '', title: 'Mon', type: 'option' },
        { id: '', title: 'Tue', type: 'option' },
      ],
    ],
    ['send-text', { phone, message, delayTyping: 2, messageId: 'D241' }, []],
    ['send-text', { phone, message, editMessageId: 'D241', privateAnswer: false }, []],
  ])('accepts %s', async (endpoint, body, buttons) => {
    const reply = await zApi(simulator, endpoint, body);
    const id = simulator.messages().at(-1)?.id;

    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({ zaapId: simulator.messages().at(-1)?.zaapId, messageId: id, id });
    expect(id).toMatch(/^3EB0[0-9A-F]{16}$/);
    expect(simulator.messages().at(-1)).toEqual({
      id,
      zaapId: expect.stringMatching(/^[0-9A-F]{32}$/),
      provider: 'z-api',
      account: 'z-api',
      endpoint,
      to: phone,
      text: message,
      buttons,
      body,
      requestId: simulator.requests().at(-1)?.id,
      receivedAt: expect.any(Date),
      status: 'accepted',
      answers: [],
    });
  });

  it.each([
    ['reply-button', { phone, responseButtonId: 'yes', messageId: 'D241' }],
    ['reply-template-button', { phone, responseTemplateButtonId: 'yes', messageId: 'D241' }],
  ])('accepts %s as a text', async (endpoint, body) => {
    expect(await zApi(simulator, endpoint, body)).toMatchObject({ status: 200 });
    expect(simulator.messages().at(-1)).toMatchObject({ endpoint, to: phone, text: 'yes', buttons: [], body });
  });

  it('accepts the deletion of a message, and records its request', async () => {
    const query = new URLSearchParams({ phone, messageId: 'D241', owner: 'true' });
    const reply = await zApi(simulator, `messages?${query}`, undefined, { method: 'DELETE' });
    expect(reply).toMatchObject({ status: 204, text: '' });
    expect(simulator.requests().at(-1)).toMatchObject({ method: 'DELETE', path: expect.stringContaining(`?${query}`) });
  });

  it.each(['phone', 'messageId', 'owner'])('rejects a deletion without %s', async (name) => {
    const query = new URLSearchParams({ phone, messageId: 'D241', owner: 'true' });
    query.delete(name);
    const reply = await zApi(simulator, `messages?${query}`, undefined, { method: 'DELETE' });
    expect(reply).toMatchObject({ status: 400, json: { error: `${name} is required` } });
  });

  it('accepts send-button-pix, which has no text', async () => {
    await zApi(simulator, 'send-button-pix', { phone, pixKey: 'a@b.c', type: 'EMAIL', merchantName: '' });
    expect(simulator.messages().at(-1)).toMatchObject({
      text: '',
      buttons: [{ id: '', title: 'Pix', type: 'copy' }],
    });
  });

  it.each(['120363019502650977-group', '5511999999999-1623281429', '999@lid', '123-broadcast', '123@newsletter'])(
    'accepts the recipient %s',
    async (to) => {
      expect(await zApi(simulator, 'send-text', { phone: to, message })).toMatchObject({ status: 200 });
    },
  );

  it('responds to status and phone-exists', async () => {
    expect(await zApi(simulator, 'status')).toMatchObject({
      status: 200,
      json: { connected: true, error: 'You are already connected', smartphoneConnected: true },
    });
    expect((await zApi(simulator, 'phone-exists/5511999999998')).json).toEqual([
      { exists: true, phone: '5511999999998', lid: '8999999991155@lid' },
    ]);
    expect((await zApi(simulator, 'phone-exists/5511999990000')).json).toEqual([
      { exists: false, phone: '5511999990000', lid: null },
    ]);
    expect(await zApi(simulator, 'phone-exists/abc')).toMatchObject({ status: 400 });
  });

  it.each([
    ['send-text', { message }, 'phone is required'],
    ['send-text', { phone: '+55 11 99999-9999', message }, 'phone must be a number of digits only'],
    ['send-text', { phone: 5511, message }, 'phone must be a string'],
    ['send-text', { phone, message: '' }, 'message must not be empty'],
    ['send-text', { phone, message, delayMessage: 16 }, 'delayMessage must be between 1 and 15'],
    ['send-button-actions', { phone, message }, 'buttonActions is required'],
    ['send-button-actions', { phone, message, buttonActions: [] }, 'buttonActions must not be empty'],
    ['send-button-actions', { phone, message, buttonActions: [1] }, 'buttonActions[0] must be an object'],
    ['send-button-actions', { ...buttonActions, image: 'nowhere' }, 'image must be a URL or data URI'],
    [
      'send-button-actions',
      { phone, message, buttonActions: [{ type: 'SMS', label: 'L' }] },
      'buttonActions[0].type must be one of CALL, URL, REPLY',
    ],
    [
      'send-button-actions',
      { phone, message, buttonActions: [{ type: 'URL', label: 'L', url: 'ftp://x' }] },
      'buttonActions[0].url must be a URL',
    ],
    [
      'send-button-actions',
      { phone, message, buttonActions: [{ type: 'CALL', label: 'L' }] },
      'buttonActions[0].phone is required',
    ],
    [
      'send-button-list',
      { phone, message, buttonList: { image: 'https://a.b/c', video: 'https://a.b/d', buttons: [{ label: 'L' }] } },
      'buttonList.video cannot be combined with an image',
    ],
    [
      'send-option-list',
      { phone, message, optionList: { title: 'T', options: [{ title: 'A' }] } },
      'optionList.buttonLabel is required',
    ],
    ['send-button-otp', { phone, message }, 'code is required'],
    ['send-button-pix', { phone, pixKey: 'k', type: 'IBAN' }, 'type must be one of CPF, CNPJ, PHONE, EMAIL, EVP'],
    ['send-carousel', { phone, message, carousel: [{ text: 'One' }] }, 'carousel[0].image is required'],
    ['send-poll', { phone, message }, 'poll is required'],
    [
      'send-poll',
      { phone, message, poll: [{ name: 'A' }, { name: 'A' }] },
      'poll must have options with different names',
    ],
    ['send-poll', { phone, message, poll: [{ name: '' }] }, 'poll[0].name must not be empty'],
    [
      'send-poll',
      { phone, message, poll: [{ name: 'A' }], pollMaxOptions: 13 },
      'pollMaxOptions must be between 0 and 12',
    ],
    ['reply-button', { phone, responseButtonId: 'yes' }, 'messageId is required'],
    ['reply-template-button', { phone, messageId: 'D241' }, 'responseTemplateButtonId is required'],
    ['send-text', '{"phone":', 'The body must be a JSON object'],
    ['send-text', '[]', 'The body must be a JSON object'],
  ])('rejects %s with %j', async (endpoint, body, error) => {
    const before = simulator.messages().length;
    const reply = await zApi(simulator, endpoint, body);
    expect(reply).toMatchObject({ status: 400, json: { error: expect.stringContaining(error) } });
    expect(simulator.messages()).toHaveLength(before);
  });

  it.each([
    ['no Client-Token', {}, 400, 'your client-token is not configured'],
    ['a wrong Client-Token', { 'Client-Token': 'wrong' }, 403, 'Client-Token not allowed'],
  ])('rejects a request with %s', async (_what, headers, status, error) => {
    const reply = await zApi(
      simulator,
      'send-text',
      { phone, message },
      {
        headers: { 'Content-Type': 'application/json', ...headers },
      },
    );
    expect(reply).toMatchObject({ status, json: { error } });
  });

  it.each(['instanceId', 'token'] as const)('rejects a wrong %s', async (part) => {
    const account = { ...zApiAccount(simulator), [part]: 'wrong' };
    const reply = await fetch(`${account.baseUrl}/instances/${account.instanceId}/token/${account.token}/status`, {
      headers: { 'Client-Token': account.clientToken },
    });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({ error: 'Instance not found' });
  });

  it('rejects unknown paths, methods and content types', async () => {
    const notFound = { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' };
    expect(await zApi(simulator, 'send-button-list-image', {})).toMatchObject({ status: 404, json: notFound });
    expect(await zApi(simulator, 'send-text/more', {})).toMatchObject({ status: 404, json: notFound });
    expect((await fetch(`${simulator.zApi.baseUrl}/instances/%ZZ/token/a/status`)).status).toBe(400);
    expect((await fetch(`${simulator.zApi.baseUrl}/elsewhere`)).status).toBe(404);
    expect(await zApi(simulator, 'send-text')).toMatchObject({ status: 405, text: '' });
    expect(await zApi(simulator, 'status', {})).toMatchObject({ status: 405 });
    const text = await zApi(simulator, 'send-text', '{}', { headers: { 'Content-Type': 'text/plain' } });
    expect(text.status).toBe(415);
  });
});
