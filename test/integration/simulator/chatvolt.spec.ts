import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { chatvolt, chatvoltAccount, chatvoltButtons } from './clients.js';

describe('Simulated Chatvolt API', () => {
  let simulator: GatewaySimulator;
  let agentId: string;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    agentId = chatvoltAccount(simulator).agentId;
  });
  afterAll(() => simulator.close());

  const conversationId = 'csimulatedconversation001';
  const idPattern = /^c[a-z0-9]{24}$/;

  it('accepts send-buttons', async () => {
    const body = chatvoltButtons(simulator);
    const reply = await chatvolt(simulator, 'messages/interactive/send-buttons', body);
    const message = simulator.messages().at(-1);
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({ success: true, message: { id: message?.id, conversationId } });
    expect(message).toMatchObject({
      id: expect.stringMatching(idPattern),
      provider: 'chatvolt',
      endpoint: 'send-buttons',
      to: conversationId,
      conversationId,
      text: 'How can we help?',
      buttons: [
        { id: 'sales', title: 'Sales', type: 'reply' },
        { id: 'support', title: 'Support', type: 'reply' },
      ],
      body,
    });
  });

  it('accepts send-cta and send-lists', async () => {
    await chatvolt(simulator, 'messages/interactive/send-cta', {
      agentId,
      conversationId,
      body_text: 'See',
      button_display_text: 'Open',
      button_url: 'https://example.com',
    });
    expect(simulator.messages().at(-1)).toMatchObject({
      endpoint: 'send-cta',
      buttons: [{ id: '', title: 'Open', type: 'url' }],
    });
    await chatvolt(simulator, 'messages/interactive/send-lists', {
      agentId,
      conversationId,
      body_text: 'Choose',
      button_text: 'Open',
      list_title: 'All',
      section_1_title: 'One',
      section_1_row_1_id: 'a',
      section_1_row_1_title: 'A',
      section_1_row_2_id: 'b',
      section_1_row_2_title: 'B',
      section_2_title: 'Two',
      section_2_row_1_id: 'c',
      section_2_row_1_title: 'C',
      section_2_row_1_description: 'the last',
    });
    expect(simulator.messages().at(-1)).toMatchObject({
      endpoint: 'send-lists',
      buttons: [
        { id: 'a', title: 'A', type: 'option' },
        { id: 'b', title: 'B', type: 'option' },
        { id: 'c', title: 'C', type: 'option' },
      ],
    });
  });

  it.each([
    [
      'send-location',
      { latitude: '-23.5', longitude: '-46.6', name: 'Clinic', address: 'Street 1' },
      'Clinic\nStreet 1\n-23.5, -46.6',
    ],
    ['location-request', { body_text: 'Where are you?' }, 'Where are you?'],
    [
      'send-contact',
      { name_formatted_name: 'Ana', phone_1_phone: '+5511999999999', phone_1_type: 'CELL', org_company: 'Clinic' },
      'Ana\n+5511999999999\nClinic',
    ],
  ])('accepts %s, which a phone shows as text', async (endpoint, fields, text) => {
    const body = { agentId, conversationId, ...fields };
    const reply = await chatvolt(simulator, `messages/interactive/${endpoint}`, body);
    expect(reply).toMatchObject({ status: 200, json: { success: true, message: { conversationId } } });
    expect(simulator.messages().at(-1)).toMatchObject({ endpoint, to: conversationId, text, buttons: [], body });
  });

  it.each([
    ['send-location', { latitude: -23.5, longitude: '0', name: 'N', address: 'A' }, 'latitude'],
    ['send-location', { latitude: '1', longitude: 'east', name: 'N', address: 'A' }, 'longitude'],
    ['location-request', {}, 'body_text'],
    ['send-contact', { phone_1_phone: '1' }, 'name_formatted_name'],
    ['send-contact', { name_formatted_name: 'Ana', phone_1_phone: 1 }, 'phone_1_phone'],
  ])('rejects %s with %j, and names the field', async (endpoint, fields, field) => {
    const reply = await chatvolt(simulator, `messages/interactive/${endpoint}`, { agentId, conversationId, ...fields });
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({ details: { [field]: [expect.stringContaining(field)] } });
  });

  it('requests locations on WhatsApp only', async () => {
    const body = { agentId, conversationId: 'csimulatedconversation002', body_text: 'Where?' };
    const reply = await chatvolt(simulator, 'messages/interactive/location-request', body);
    expect(reply).toMatchObject({ status: 500, json: { error: 'Unsupported Communication Channel.' } });
  });

  it('lists the templates of its agents', async () => {
    const reply = await chatvolt(simulator, `whatsapp/templates?agentId=${agentId}`);
    expect(reply.json).toMatchObject([
      { name: 'reminder', language: 'en_US', status: 'APPROVED', category: 'UTILITY', components: [{}, {}] },
      { name: 'welcome' },
    ]);
    expect(await chatvolt(simulator, 'whatsapp/templates?agentId=x')).toMatchObject({ status: 404 });
    expect(await chatvolt(simulator, 'whatsapp/templates')).toMatchObject({ status: 404 });
  });

  it('rejects a change of the AI without a value, and of an unknown conversation', async () => {
    const set = (id: string, body: unknown) => chatvolt(simulator, `conversations/${id}/set-ai-enabled`, body);
    expect(await set(conversationId, {})).toMatchObject({
      status: 400,
      json: { details: { enabled: ['enabled is required'] } },
    });
    expect(await set(conversationId, { enabled: 'no' })).toMatchObject({ status: 400 });
    expect(await set('x', { enabled: true })).toMatchObject({ status: 404 });
    expect(await chatvolt(simulator, `conversations/${conversationId}/set-ai-enabled`)).toMatchObject({ status: 405 });
  });

  it('finds the open conversation of a phone number in each form of the channel', async () => {
    const body = { agentId, channel: 'whatsapp', message: 'Hello' };
    const opened = simulator.openConversation('+55 11 98888-7777');
    const first = await chatvolt(simulator, 'conversation/message/phone/5511988887777', body);
    const second = await chatvolt(simulator, `conversation/message/conversationId/${opened.id}`, { message: 'Again' });
    expect(first.json).toMatchObject({ success: true, message: { conversationId: opened.id } });
    expect(second.json).toMatchObject({ message: { conversationId: opened.id } });
    expect(simulator.messages().at(-2)).toMatchObject({ endpoint: 'conversation/message', to: '5511988887777' });
    expect(simulator.openConversation('5511988887777')).toBe(opened);

    const channelExternalId = '5511988886666:3@s.whatsapp.net';
    const jid = simulator.openConversation('', { channel: 'zapi', channelExternalId });
    const third = await chatvolt(simulator, 'conversation/message/phone/5511988886666', { ...body, channel: 'zapi' });
    expect(third.json).toMatchObject({ message: { conversationId: jid.id } });
  });

  it.each([
    ['phone/5511977776666', 'whatsapp'],
    ['phone/5511999990001', 'zapi'],
    ['email/a%40example.com', 'email'],
  ])('responds 500 when no conversation exists for %s on %s', async (address, channel) => {
    const before = simulator.messages().length;
    const body = { agentId, channel, message: 'Hello' };
    const reply = await chatvolt(simulator, `conversation/message/${address}`, body);
    expect(reply).toMatchObject({ status: 500, json: { error: 'No Conversation found' } });
    expect(simulator.messages()).toHaveLength(before);
  });

  it('lists conversations page by page', async () => {
    const own = await GatewaySimulator.start();
    try {
      const opened = own.openConversation('5511900000003');
      const listed = async (query: Record<string, string>) =>
        chatvolt(own, `conversation?${new URLSearchParams({ agentId, ...query })}`);
      const all = await listed({});
      expect(all.json).toEqual([
        opened,
        {
          ...opened,
          id: 'csimulatedconversation002',
          channelExternalId: '5511999990002',
          channel: 'zapi',
          createdAt: '2026-01-02T12:00:00.000Z',
        },
        {
          ...opened,
          id: 'csimulatedconversation001',
          channelExternalId: '5511999990001',
          channel: 'whatsapp',
          createdAt: '2026-01-01T12:00:00.000Z',
        },
      ]);
      expect((await listed({ channel: 'whatsapp', limit: '1' })).json).toEqual([opened]);
      const cursor = JSON.stringify({ lastCreatedAt: opened.createdAt, lastId: opened.id });
      expect((await listed({ channel: 'whatsapp', limit: '1', cursor })).json).toMatchObject([
        { id: 'csimulatedconversation001' },
      ]);
      expect((await listed({ agentId: 'another' })).json).toEqual([]);
      for (const fault of [{ limit: '101' }, { limit: 'x' }, { cursor: 'x' }, { cursor: '{"lastId":"x"}' }]) {
        expect(await listed(fault)).toMatchObject({ status: 400, json: { error: 'error invalid request body' } });
      }
    } finally {
      await own.close();
    }
  });

  it('returns its agent, and 404 for another', async () => {
    expect(await chatvolt(simulator, `agents/${agentId}`)).toMatchObject({ status: 200, json: { id: agentId } });
    expect(await chatvolt(simulator, 'agents/another')).toMatchObject({ status: 404 });
  });

  it.each([[{}], [{ Authorization: 'Bearer wrong' }], [{ Authorization: 'simulated-chatvolt-api-key-a1' }]])(
    'rejects the credentials %j with 401',
    async (headers) => {
      const reply = await chatvolt(simulator, `agents/${agentId}`, undefined, { headers });
      expect(reply).toMatchObject({ status: 401, json: { error: 'UNAUTHORIZED' } });
    },
  );

  it.each([
    [{ body_text: undefined }, { body_text: ['body_text is required'] }],
    [{ button_1_id: 7 }, { button_1_id: ['button_1_id must be a string'] }],
    [{ button_2_title: undefined }, { button_2_title: ['button_2_title is required'] }],
    [{ button_1_title: '' }, { button_1_title: ['button_1_title must not be empty'] }],
    [
      { button_2_id: undefined, button_2_title: undefined, button_3_id: 'x', button_3_title: 'X' },
      { button_2_id: ['button_2_id is required'], button_2_title: ['button_2_title is required'] },
    ],
  ])('rejects a body with %j, and names the field', async (change, details) => {
    const body = { ...chatvoltButtons(simulator), ...change };
    const reply = await chatvolt(simulator, 'messages/interactive/send-buttons', body);
    expect(reply.status).toBe(400);
    expect(reply.json).toEqual({ error: 'error invalid request body', details });
  });

  it('rejects a body that is not a JSON object', async () => {
    for (const body of ['{', '7']) {
      const reply = await chatvolt(simulator, 'messages/interactive/send-buttons', body);
      expect(reply).toMatchObject({ status: 400, json: { error: 'error invalid request body' } });
    }
  });

  it.each([
    [
      'a fourth button',
      { button_3_id: 'c', button_3_title: 'C', button_4_id: 'd', button_4_title: 'D' },
      'Max allowed',
    ],
    ['a title of 21 characters', { button_1_title: 'x'.repeat(21) }, 'button_1_title must have at most 20 characters'],
    ['a repeated title', { button_2_title: 'Sales' }, 'titles must be unique'],
    ['a repeated id', { button_2_id: 'sales' }, 'ids must be unique'],
  ])('rejects %s with 500 and the text of Meta', async (_what, change, words) => {
    const before = simulator.messages().length;
    const body = { ...chatvoltButtons(simulator), ...change };
    const reply = await chatvolt(simulator, 'messages/interactive/send-buttons', body);
    expect(reply.status).toBe(500);
    expect(reply.json).toEqual({ error: expect.stringMatching(/^\(#131009\) Parameter value is not valid: /) });
    expect(reply.text).toContain(words);
    expect(simulator.messages()).toHaveLength(before);
  });

  it('counts the characters of a title, not its bytes', async () => {
    const body = { ...chatvoltButtons(simulator), button_1_title: '😀'.repeat(20) };
    expect((await chatvolt(simulator, 'messages/interactive/send-buttons', body)).status).toBe(200);
  });

  it('rejects a list with more than 10 rows', async () => {
    const rows = Array.from({ length: 11 }, (_, index) => [
      [`section_1_row_${index + 1}_id`, `r${index}`],
      [`section_1_row_${index + 1}_title`, `Row ${index}`],
    ]).flat();
    const reply = await chatvolt(simulator, 'messages/interactive/send-lists', {
      agentId,
      conversationId,
      body_text: 'Choose',
      button_text: 'Open',
      section_1_title: 'One',
      ...Object.fromEntries(rows),
    });
    expect(reply).toMatchObject({ status: 500 });
    expect(reply.text).toContain('131009');
  });

  it('rejects unknown conversations, agents and methods', async () => {
    const path = 'messages/interactive/send-buttons';
    const body = chatvoltButtons(simulator);
    expect(await chatvolt(simulator, path, { ...body, conversationId: 'x' })).toMatchObject({ status: 404 });
    expect(await chatvolt(simulator, path, { ...body, agentId: 'x' })).toMatchObject({ status: 404 });
    expect(await chatvolt(simulator, path)).toMatchObject({ status: 405 });
    expect(await chatvolt(simulator, 'conversation', {})).toMatchObject({ status: 405 });
    const message = { message: 'x' };
    expect(await chatvolt(simulator, 'conversation/message/conversationId/x', message)).toMatchObject({ status: 404 });
    expect(await chatvolt(simulator, 'conversation/message/phone/55', message)).toMatchObject({
      status: 400,
      json: { details: { agentId: ['agentId is required'], channel: ['channel is required'] } },
    });
  });
});
