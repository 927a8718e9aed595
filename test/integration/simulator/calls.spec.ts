import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chatvolt, chatvoltAccount, cloud, cloudAccount, cloudButtons, zApi, zApiAccount } from './clients.js';
import { type Field, startField } from './field.js';

const phone = '5511988880001';

describe('Simulated calls other than sending', () => {
  let field: Field;
  beforeAll(async () => {
    field = await startField();
  });
  afterAll(() => field.close());
  const put = (body: unknown) => ({ method: 'PUT', body: JSON.stringify(body) });

  describe('Z-API', () => {
    it('responds 204 without a body to read-message', async () => {
      const read = await zApi(field.simulator, 'read-message', { phone, messageId: 'MSG1' });
      expect(read).toMatchObject({ status: 204, text: '' });
      expect(await zApi(field.simulator, 'read-message', { phone })).toMatchObject({ status: 400 });
    });

    it('returns phone number and lid from phone-exists and phone-exists-batch', async () => {
      const { simulator } = field;
      simulator.addPerson({ phone: '551188880001', lid: '81000000000011@lid' });
      expect((await zApi(simulator, `phone-exists/${phone}`)).json).toEqual([
        { exists: true, phone: '551188880001', lid: '81000000000011@lid' },
      ]);
      expect((await zApi(simulator, 'phone-exists/5511988800000')).json).toBeNull();
      expect((await zApi(simulator, 'phone-exists-batch', { phones: [phone, '5511988810000'] })).json).toEqual([
        { exists: true, inputPhone: phone, outputPhone: '551188880001', lid: '81000000000011@lid' },
        { exists: false, inputPhone: '5511988810000', outputPhone: '5511988810000', lid: null },
      ]);
      expect(await zApi(simulator, 'phone-exists-batch', { phones: [] })).toMatchObject({ status: 400 });
    });

    it('posts callbacks to the URLs that were set, and shows them in me', async () => {
      const { simulator, app } = field;
      const { instanceId } = zApiAccount(simulator);
      expect((await zApi(simulator, 'me')).json).toMatchObject({
        id: instanceId,
        receivedCallbackUrl: '',
        receiveCallbackSentByMe: false,
      });
      const value = `${app.url}/elsewhere`;
      const set = await zApi(simulator, 'update-every-webhooks', undefined, put({ value, notifySentByMe: true }));
      expect(set).toMatchObject({ status: 200, json: { value: true } });
      expect((await zApi(simulator, 'me')).json).toMatchObject({
        receivedCallbackUrl: value,
        deliveryCallbackUrl: value,
        messageStatusCallbackUrl: value,
        connectedCallbackUrl: value,
        disconnectedCallbackUrl: value,
        receiveCallbackSentByMe: true,
      });
      await simulator.write('z-api', { from: phone, type: 'text', text: 'Hello' });
      expect(app.last().url).toBe('/webhooks/elsewhere');
      const statusUrl = `${app.url}/statuses`;
      await zApi(simulator, 'update-webhook-message-status', undefined, put({ value: statusUrl }));
      await zApi(simulator, 'send-text', { phone, message: 'M' });
      await simulator.deliver(simulator.messages().at(-1)?.id ?? '', 'read');
      expect(app.last().url).toBe('/webhooks/statuses');
      await zApi(simulator, 'update-every-webhooks', undefined, put({ value: '' }));
      await simulator.write('z-api', { from: phone, type: 'text', text: 'Hello' });
      expect(app.last().url).toBe('/webhooks/z-api/z-api');
      expect(await zApi(simulator, 'update-webhook-received', undefined, put({ value: 'nowhere' }))).toMatchObject({
        status: 400,
      });
      await zApi(simulator, 'update-notify-sent-by-me', undefined, put({ notifySentByMe: false }));
      expect((await zApi(simulator, 'me')).json).toMatchObject({ receiveCallbackSentByMe: false });
    });

    it('accepts editMessageId in send-text', async () => {
      const body = { phone, message: 'M', editMessageId: 'MSG1' };
      expect((await zApi(field.simulator, 'send-text', body)).status).toBe(200);
    });

    it('responds 501 to calls that the simulator does not play', async () => {
      const before = field.simulator.messages().length;
      const reply = await zApi(field.simulator, 'send-image', { phone, image: 'https://files.example/a.png' });
      expect(reply).toMatchObject({
        status: 501,
        json: { error: expect.stringContaining('does not support POST send-image') },
      });
      expect(reply.headers.get('x-simulator')).toBe('not-played');
      expect(field.simulator.messages()).toHaveLength(before);
    });
  });

  describe('WhatsApp Cloud API', () => {
    const messages = () => `${cloudAccount(field.simulator).phoneNumberId}/messages`;
    const marking = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.A' };

    it.each([[marking], [{ ...marking, typing_indicator: { type: 'text' } }]])(
      'marks a message as read with %j',
      async (body) => {
        const before = field.simulator.messages().length;
        expect(await cloud(field.simulator, messages(), body)).toMatchObject({ status: 200, json: { success: true } });
        expect(field.simulator.messages()).toHaveLength(before);
      },
    );

    it.each([[{ ...marking, message_id: undefined }], [{ ...marking, status: 'seen' }]])('rejects %j', async (body) => {
      expect(await cloud(field.simulator, messages(), body)).toMatchObject({ status: 400 });
    });

    it('accepts a path without a version, and the token in the query', async () => {
      const { baseUrl, accessToken } = cloudAccount(field.simulator);
      const headers = { 'Content-Type': 'application/json' };
      const url = `${baseUrl}/${messages()}?access_token=${accessToken}`;
      const bare = await fetch(url, { method: 'POST', headers, body: JSON.stringify(cloudButtons) });
      expect(bare.status).toBe(200);
      expect(field.simulator.requests().at(-1)?.path).not.toContain(accessToken);
    });

    it('accepts a user id in recipient, with or without to', async () => {
      const { to: _to, ...unaddressed } = cloudButtons;
      const alone = await cloud(field.simulator, messages(), { ...unaddressed, recipient: 'BR.1A2B3C4D5E6F' });
      expect(alone.json).toMatchObject({ contacts: [{ input: 'BR.1A2B3C4D5E6F', user_id: 'BR.1A2B3C4D5E6F' }] });
      expect(alone.text).not.toContain('wa_id');
      expect(field.simulator.messages().at(-1)).toMatchObject({ to: 'BR.1A2B3C4D5E6F' });
      const both = await cloud(field.simulator, messages(), { ...cloudButtons, recipient: 'BR.1A2B3C4D5E6F' });
      expect(both.json).toMatchObject({
        contacts: [{ input: cloudButtons.to, wa_id: cloudButtons.to, user_id: 'BR.1A2B3C4D5E6F' }],
      });
      expect(field.simulator.messages().at(-1)).toMatchObject({ to: cloudButtons.to });
      for (const body of [
        { ...unaddressed, recipient: '5511' },
        { ...unaddressed, to: 'BR.1A2B3C4D5E6F' },
      ]) {
        expect(await cloud(field.simulator, messages(), body)).toMatchObject({
          status: 400,
          json: { error: { code: 100 } },
        });
      }
    });

    it('accepts templates, and posts presses of their buttons', async () => {
      const { interactive: _content, ...envelope } = cloudButtons;
      const button = (sub_type: string, index: string, parameter: object) => ({
        type: 'button',
        sub_type,
        index,
        parameters: [parameter],
      });
      const template = {
        name: 'reminder',
        language: { code: 'pt_BR', policy: 'deterministic' },
        components: [
          { type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
          button('quick_reply', '0', { type: 'payload', payload: 'confirm' }),
          button('url', '1', { type: 'text', text: 'abc' }),
          button('copy_code', '2', { type: 'coupon_code', coupon_code: 'C' }),
        ],
      };
      const reply = await cloud(field.simulator, messages(), { ...envelope, type: 'template', template });
      expect(reply.json).toMatchObject({ messages: [{ id: expect.any(String), message_status: 'accepted' }] });
      const message = field.simulator.messages().at(-1);
      expect(message).toMatchObject({
        text: 'reminder · Ana',
        buttons: [{ id: 'confirm', type: 'reply' }, { type: 'url' }, { type: 'copy' }],
      });
      await field.simulator.press(message?.id ?? '', 'confirm');
      expect(JSON.stringify(field.app.last().json)).toContain('"type":"button","button":{"payload":"confirm"');
      const nameless = { ...envelope, type: 'template', template: { language: { code: 'pt_BR' } } };
      expect(await cloud(field.simulator, messages(), nameless)).toMatchObject({ json: { error: { code: 131008 } } });
    });

    it.each([
      ['image', { image: { link: 'https://files.example/a.png', caption: 'This' } }, 'This'],
      ['document', { document: { id: '1', filename: 'a.pdf' } }, ''],
      ['audio', { audio: { id: '1' } }, ''],
      ['reaction', { reaction: { message_id: 'wamid.A', emoji: '👍' } }, '👍'],
      ['location', { location: { latitude: 1, longitude: 2, name: 'Office' } }, 'Office'],
    ])('accepts %s', async (type, content, text) => {
      const { interactive: _content, ...envelope } = cloudButtons;
      const reply = await cloud(field.simulator, messages(), { ...envelope, type, ...content });
      expect(reply.status).toBe(200);
      expect(field.simulator.messages().at(-1)).toMatchObject({ text, buttons: [] });
    });

    it.each([
      ['voice_call', { name: 'voice_call' }, 'call'],
      ['flow', { name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Fill in' } }, 'flow'],
    ])('accepts interactive %s', async (type, action, button) => {
      const body = { ...cloudButtons, interactive: { type, body: { text: 'Hello' }, action } };
      expect((await cloud(field.simulator, messages(), body)).status).toBe(200);
      expect(field.simulator.messages().at(-1)?.buttons).toMatchObject([{ type: button }]);
    });

    it('responds 501 to calls that the simulator does not play', async () => {
      const { phoneNumberId } = cloudAccount(field.simulator);
      const products = {
        ...cloudButtons,
        interactive: { type: 'product_list', body: { text: 'M' }, action: {} },
      };
      for (const [path, body] of [
        [`${phoneNumberId}/calls`, {}],
        ['100000000000001/phone_numbers', undefined],
        [messages(), products],
      ] as const) {
        const reply = await cloud(field.simulator, path, body);
        expect(reply).toMatchObject({ status: 501, json: { error: { type: 'SimulatorLimitation' } } });
        expect(reply.text).toContain('The simulator does not support');
        expect(reply.text).not.toContain('"code"');
        expect(reply.headers.get('x-simulator')).toBe('not-played');
      }
    });
  });

  describe('Chatvolt', () => {
    const agentId = () => chatvoltAccount(field.simulator).agentId;

    it('lists 25 conversations a page, at most 100, and ends with an empty page', async () => {
      const { simulator } = field;
      const { agentId: agent } = simulator.addAccount({
        provider: 'chatvolt',
        name: 'many',
        apiKey: chatvoltAccount(simulator).apiKey,
      });
      for (let count = 0; count < 30; count += 1) {
        simulator.openConversation(`55219777700${10 + count}`, {
          account: 'many',
          ...(count === 20 && { listed: false }),
        });
      }
      const page = async (query: Record<string, string>) => {
        const reply = await chatvolt(simulator, `conversation?${new URLSearchParams({ agentId: agent, ...query })}`);
        if (!Array.isArray(reply.json)) throw new Error(reply.text);
        const list: unknown[] = reply.json;
        return list;
      };
      const cursorAfter = (entry: unknown) => {
        const { id, createdAt } =
          simulator.conversations().find((known) => JSON.stringify(known) === JSON.stringify(entry)) ?? {};
        return JSON.stringify({ lastCreatedAt: createdAt, lastId: id });
      };
      const first = await page({});
      expect(first).toHaveLength(24);
      const second = await page({ cursor: cursorAfter(first.at(-1)) });
      expect(second).toHaveLength(5);
      expect(await page({ cursor: cursorAfter(second.at(-1)) })).toEqual([]);
      expect(await page({ limit: '100' })).toHaveLength(29);
    });

    it('lists groups, blocked conversations and each form of a number', async () => {
      const { simulator } = field;
      const described = {
        channel: 'zapi',
        channelExternalId: '5511988880009:3@s.whatsapp.net',
        isGroup: true,
        blocked: true,
        whatsappChatLid: '81000000000011@lid',
        participants: ['5511988880001'],
      };
      const opened = simulator.openConversation('', described);
      expect(opened).toMatchObject({
        channel: 'zapi',
        channelExternalId: '5511988880009:3@s.whatsapp.net',
        isGroup: true,
        blocked: true,
        whatsappChatLid: '81000000000011@lid',
        participantsContacts: [{ phoneNumber: '5511988880001' }],
      });
      expect((await chatvolt(simulator, 'conversation?channel=zapi&limit=1')).json).toEqual([opened]);
    });

    it.each([
      ['website', 'send-buttons'],
      ['telegram', 'send-buttons'],
      ['zapper', 'send-cta'],
    ])('rejects buttons that the channel does not support: %s, %s', async (channel, endpoint) => {
      const { id } = field.simulator.openConversation('5511988880011', channel);
      const buttons = { button_1_id: 'a', button_1_title: 'A' };
      const link = { button_display_text: 'Open', button_url: 'https://example.com' };
      const body = {
        agentId: agentId(),
        conversationId: id,
        body_text: 'M',
        ...(endpoint === 'send-cta' ? link : buttons),
      };
      expect(await chatvolt(field.simulator, `messages/interactive/${endpoint}`, body)).toMatchObject({
        status: 500,
        json: { error: 'Unsupported Communication Channel.' },
      });
      expect(
        (await chatvolt(field.simulator, `conversation/message/conversationId/${id}`, { message: 'M' })).status,
      ).toBe(200);
    });

    it('opens a conversation by template, and returns all its messages', async () => {
      const { simulator } = field;
      const body = {
        to: '5511988880012',
        text: 'See you tomorrow',
        agentId: agentId(),
        templateName: 'reminder',
        templateLangCode: 'pt_BR',
        buttons: [{ type: 'quick_reply', value: 'confirm', index: 0 }],
      };
      const reply = await chatvolt(simulator, 'whatsapp/100000000000002/template-message', body);
      const message = simulator.messages().at(-1);
      expect(reply).toMatchObject({
        status: 200,
        json: { id: message?.conversationId, messages: [{ id: message?.id, text: 'See you tomorrow', from: 'human' }] },
      });
      expect(message).toMatchObject({ endpoint: 'template-message', buttons: [{ id: 'confirm', type: 'reply' }] });
      const again = await chatvolt(simulator, 'whatsapp/100000000000002/template-message', body);
      expect(again.json).toMatchObject({ id: message?.conversationId, messages: [{ id: message?.id }, {}] });
      expect(await chatvolt(simulator, 'whatsapp/1/template-message', { to: '55' })).toMatchObject({ status: 400 });
    });

    it('sends through a Z-API or Zapper instance, and returns the message', async () => {
      const { simulator } = field;
      for (const [path, body] of [
        ['zapi/INST1/5511988880013/message', { message: 'M' }],
        ['zapper/instances/INST2/message', { message: 'M', contactPhone: '5511988880013' }],
      ] as const) {
        const reply = await chatvolt(simulator, path, body);
        const { id, conversationId } = simulator.messages().at(-1) ?? {};
        expect(reply).toMatchObject({ status: 200, json: { id, conversationId, text: 'M', from: 'human' } });
      }
    });

    it('responds 501 to calls that the simulator does not play', async () => {
      const body = { agentId: agentId(), name: 'reminder' };
      const reply = await chatvolt(field.simulator, 'whatsapp/templates', body);
      expect(reply).toMatchObject({
        status: 501,
        json: { error: expect.stringContaining('The simulator does not support POST') },
      });
      expect(reply.headers.get('x-simulator')).toBe('not-played');
    });
  });
});
