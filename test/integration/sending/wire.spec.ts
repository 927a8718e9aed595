import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chatvoltAccount, cloudAccount, oneOfEach, zApiAccount } from '../../support/accounts.js';
import { FakeProvider, type ReceivedRequest } from '../../support/fake-provider.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import {
  CHATVOLT,
  CHATVOLT_SENT,
  CLOUD,
  CLOUD_SENT,
  chatvoltButtons,
  cloudButtons,
  envelope,
  message,
  phone,
  replies,
  Z_API,
  ZAPI_IDS,
} from './wire.table.js';

describe('Provider requests', () => {
  let server: FakeProvider;
  let app: TestApp;
  const only = (): ReceivedRequest => {
    expect(server.requests).toHaveLength(1);
    return server.requests[0] as ReceivedRequest;
  };
  beforeAll(async () => {
    server = await FakeProvider.start();
    app = await openAppWithoutRetries({ accounts: oneOfEach(server.url) });
  });
  beforeEach(() => void server.reset());
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  it.each(Z_API)('Z-API: posts to %s', async (endpoint, body, send) => {
    server.always({ body: ZAPI_IDS });
    expect(await send(app)).toEqual(ZAPI_IDS);
    const request = only();
    expect(request).toMatchObject({ method: 'POST', url: `/instances/INSTANCE/token/INSTANCETOKEN/${endpoint}` });
    expect(request.body).toBe(JSON.stringify(body));
    expect(request.headers['content-type']).toMatch(/^application\/json/);
    expect(request.headers).not.toHaveProperty('client-token');
    expect(request.headers).not.toHaveProperty('authorization');
  });

  it.each(CHATVOLT)('Chatvolt: posts to %s', async (path, body, method) => {
    server.always({ body: CHATVOLT_SENT });
    expect(await app.chatvolt[method](structuredClone(body) as never)).toEqual({
      messageId: 'm-1',
      raw: CHATVOLT_SENT,
    });
    const request = only();
    expect(request).toMatchObject({ method: 'POST', url: path, headers: { authorization: 'Bearer APIKEY' } });
    expect(request.body).toBe(JSON.stringify(body));
    expect(request.headers['content-type']).toMatch(/^application\/json/);
  });

  it.each(CLOUD)('Cloud API: posts %s', async (_name, body, send) => {
    server.always({ body: CLOUD_SENT });
    expect(await send(app)).toEqual({ messageId: 'wamid.1', waId: '551199999999' });
    const request = only();
    expect(request).toMatchObject({
      method: 'POST',
      url: '/v26.0/1055/messages',
      headers: { authorization: 'Bearer ACCESS' },
    });
    expect(request.body).toBe(JSON.stringify(body));
    expect(request.headers['content-type']).toMatch(/^application\/json/);
  });

  it('Cloud API: includes context and callback data', async () => {
    server.always({ body: CLOUD_SENT });
    const extra = { context: { message_id: 'wamid.0' }, biz_opaque_callback_data: 'order 7' };
    await app.cloud.sendReplyButtons({ to: '+55 (11) 99999-9999', interactive: cloudButtons, ...extra } as never);
    expect(server.bodies).toEqual([{ ...envelope, type: 'interactive', interactive: cloudButtons, ...extra }]);
  });

  it.each([
    ['conversationId', { conversationId: 'conv/4 56' }, 'conv%2F4%2056', { message }],
    [
      'phone',
      { phone: '+55 11 99999-9999', channel: 'zapi' },
      phone,
      { message, agentId: 'agent-123', channel: 'zapi' },
    ],
    [
      'email',
      { email: 'ana+b@example.com', channel: 'whatsapp', agentId: 'x' },
      'ana%2Bb%40example.com',
      { message, agentId: 'x', channel: 'whatsapp' },
    ],
  ])('Chatvolt: posts a message by %s', async (kind, address, value, body) => {
    server.always({ body: CHATVOLT_SENT });
    expect(await app.chatvolt.sendMessage({ message, ...address } as never)).toMatchObject({ messageId: 'm-1' });
    expect(only()).toMatchObject({ method: 'POST', url: `/conversation/message/${kind}/${value}` });
    expect(server.bodies).toEqual([body]);
  });

  it.each([
    [{ data: { messageId: 'a' }, message: { id: 'b' }, messageId: 'c' }, 'a'],
    [{ message: { id: 'b' }, messageId: 'c', id: 'e' }, 'b'],
    [{ messageId: 'c', messages: [{ id: 'd' }], id: 'e' }, 'c'],
    [{ messages: [{ id: 'd' }], id: 'e' }, 'd'],
    [{ id: 'e' }, 'e'],
  ])('Chatvolt: reads the message ID from %j', async (body, messageId) => {
    server.always({ body });
    expect(await app.chatvolt.sendButtons(chatvoltButtons as never)).toEqual({ messageId, raw: body });
  });

  it('Chatvolt: sends coordinates as text', async () => {
    const place = { conversationId: 'c', latitude: -23.5505, longitude: 0, name: 'Clinic', address: 'Street 1' };
    await app.chatvolt.sendLocation(place);
    expect(server.bodies).toEqual([{ agentId: 'agent-123', ...place, latitude: '-23.5505', longitude: '0' }]);
  });

  it('Chatvolt: adds the agent of the account', async () => {
    const { agentId: _, ...rest } = chatvoltButtons;
    await app.chatvolt.sendButtons(rest as never);
    expect(server.bodies).toEqual([chatvoltButtons]);
  });

  it('Chatvolt: pages through the conversations with a cursor', async () => {
    const pages = [
      page(100, 'first'),
      [...page(3, 'second'), { id: 'found', createdAt: '2026-01-01T00:00:00Z', channelExternalId: phone }],
    ];
    server.next({ body: pages[0] }, { body: pages[1] });
    const query = { phone: '+55 (11) 99999-9999', channel: 'whatsapp' };
    expect(await app.chatvolt.findConversation(query)).toEqual({ conversationId: 'found' });
    const [first, second] = server.requests.map(({ url }) => new URL(url, server.url));
    expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
      ['GET', ''],
      ['GET', ''],
    ]);
    expect(first?.pathname).toBe('/conversation');
    expect(Object.fromEntries(first?.searchParams ?? [])).toEqual({
      agentId: 'agent-123',
      channel: 'whatsapp',
      limit: '100',
    });
    const cursor = JSON.parse(second?.searchParams.get('cursor') ?? 'null') as unknown;
    expect(cursor).toEqual({ lastCreatedAt: '2026-01-02T00:00:00Z', lastId: 'first-99' });
  });

  it('Chatvolt: returns undefined from findConversation after the last page', async () => {
    server.next({ body: page(2, 'other') }).always({ body: [] });
    expect(await app.chatvolt.findConversation({ phone, channel: 'whatsapp', agentId: 'other' })).toBeUndefined();
    const asked = server.requests.map(({ url }) => new URL(url, server.url).searchParams);
    expect(asked.map((query) => query.get('agentId'))).toEqual(['other', 'other']);
    expect(JSON.parse(asked[1]?.get('cursor') ?? 'null')).toMatchObject({ lastId: 'other-1' });
  });

  it('Chatvolt: requests the agent in checkAgent', async () => {
    server.always({ body: { id: 'agent-123', name: 'Front desk' } });
    await app.chatvolt.checkAgent();
    expect(only()).toMatchObject({
      method: 'GET',
      url: '/agents/agent-123',
      body: '',
      headers: { authorization: 'Bearer APIKEY' },
    });
  });

  it('Chatvolt: sends a read without a Content-Type header', async () => {
    server.always({ body: { id: 'agent-123' } });
    await app.chatvolt.checkAgent();
    expect(only().headers).not.toHaveProperty('content-type');
  });

  it.each([
    [
      { connected: true, error: 'You are already connected', smartphoneConnected: true },
      { connected: true, smartphoneConnected: true },
    ],
    [
      { connected: false, error: 'You are not connected.', smartphoneConnected: false },
      { connected: false, smartphoneConnected: false },
    ],
  ])('Z-API: reads the status %j', async (body, expected) => {
    server.always({ body });
    expect(await app.zApi.status()).toMatchObject(expected);
    expect(only()).toMatchObject({ method: 'GET', url: '/instances/INSTANCE/token/INSTANCETOKEN/status', body: '' });
  });

  it.each([
    [[{ exists: true, phone: '551199999999', lid: '9@lid' }], { exists: true, phone: '551199999999', lid: '9@lid' }],
    [[{ exists: false, phone }], { exists: false, phone }],
  ])('Z-API: reads the phone-exists response %j', async (body, expected) => {
    server.always({ body });
    expect(await app.zApi.phoneExists('+55 (11) 99999-9999')).toEqual(expected);
    expect(only()).toMatchObject({
      method: 'GET',
      url: `/instances/INSTANCE/token/INSTANCETOKEN/phone-exists/${phone}`,
    });
  });

  describe.each(REGISTRATIONS)('registered by %s', (_name, register) => {
    let own: TestApp | undefined;
    afterEach(async () => own?.close());

    it.each([
      [{ clientToken: 'CLIENT' }, { 'client-token': 'CLIENT' }, 'authorization'],
      [{ authorization: 'BARE' }, { authorization: 'Bearer BARE' }, 'client-token'],
    ])('Z-API: sends the credentials %j as headers', async (credentials, headers, absent) => {
      own = await openAppWithoutRetries({ accounts: [zApiAccount(server.url, credentials)] }, { register });
      await own.zApi.sendButtonActions(replies as never);
      expect(only().headers).toMatchObject(headers);
      expect(only().headers).not.toHaveProperty(absent);
    });

    it.each(['/gate/v2', '/gate/v2/'])(
      'keeps the path %s of a base URL and encodes the values in it',
      async (prefix) => {
        const odd = 'a/b?c#d%e é&=+;:@';
        const baseUrl = server.url + prefix;
        const accounts = [
          zApiAccount(baseUrl, { instanceId: odd, token: `${odd}2` }),
          chatvoltAccount(baseUrl),
          cloudAccount(baseUrl, { phoneNumberId: odd, graphVersion: 'v19.0' }),
        ];
        own = await openAppWithoutRetries({ accounts }, { register });
        await own.zApi.sendButtonActions(replies as never);
        await own.chatvolt.sendButtons(chatvoltButtons as never);
        server.always({ body: CLOUD_SENT });
        await own.cloud.sendReplyButtons({ to: phone, interactive: cloudButtons } as never);
        const encoded = encodeURIComponent(odd);
        expect(server.requests.map(({ url }) => url)).toEqual([
          `/gate/v2/instances/${encoded}/token/${encodeURIComponent(`${odd}2`)}/send-button-actions`,
          '/gate/v2/messages/interactive/send-buttons',
          `/gate/v2/v19.0/${encoded}/messages`,
        ]);
      },
    );
  });
});

function page(length: number, name: string) {
  return Array.from({ length }, (_, index) => ({
    id: `${name}-${index}`,
    createdAt: '2026-01-02T00:00:00Z',
    channelExternalId: `55110000${index}`,
  }));
}
