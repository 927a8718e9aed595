import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filter, firstValueFrom } from 'rxjs';
import { type AcceptedMessage, GatewaySimulator } from '../../../lib/simulator/index.js';
import {
  buttonActions,
  chatvolt,
  chatvoltAccount,
  chatvoltButtons,
  cloud,
  cloudAccount,
  cloudButtons,
  cloudList,
  zApi,
  zApiAccount,
} from './clients.js';
import { receiveWebhooks } from './webhook-receiver.js';

describe('GatewaySimulator webhooks', () => {
  let simulator: GatewaySimulator;
  let app: Awaited<ReturnType<typeof receiveWebhooks>>;
  beforeAll(async () => {
    [simulator, app] = await Promise.all([GatewaySimulator.start(), receiveWebhooks()]);
    simulator.webhooks(`${app.url}/`);
  });
  afterAll(() => Promise.all([simulator.close(), app.close()]));

  const latest = (): AcceptedMessage => {
    const message = simulator.messages().at(-1);
    if (!message) throw new Error('no message');
    return message;
  };
  const viaZApi = async (endpoint: string, body: unknown = buttonActions) => {
    await zApi(simulator, endpoint, body);
    return latest();
  };
  const viaChatvolt = async (
    path = 'messages/interactive/send-buttons',
    body: unknown = chatvoltButtons(simulator),
  ) => {
    await chatvolt(simulator, path, body);
    return latest();
  };
  const viaCloud = async (body: unknown = cloudButtons) => {
    await cloud(simulator, `${cloudAccount(simulator).phoneNumberId}/messages`, body);
    return latest();
  };

  describe('Z-API', () => {
    it("posts a press to the account's URL with its token", async () => {
      const message = await viaZApi('send-button-actions');
      const answer = await simulator.press(message.id, 'yes');
      const webhook = app.last();
      expect(answer).toEqual({
        status: 200,
        body: 'heard',
        url: `${app.url}/z-api/z-api`,
        posted: webhook.body.toString('utf8'),
      });
      expect(webhook).toMatchObject({ method: 'POST', url: '/webhooks/z-api/z-api' });
      expect(webhook.headers).toMatchObject({
        'content-type': 'application/json',
        'z-api-token': zApiAccount(simulator).token,
      });
      expect(webhook.json).toEqual({
        type: 'ReceivedCallback',
        isStatusReply: false,
        chatLid: '9999999991155@lid',
        waitingMessage: false,
        isEdit: false,
        isNewsletter: false,
        instanceId: zApiAccount(simulator).instanceId,
        messageId: expect.stringMatching(/^3EB0[0-9A-F]{16}$/),
        referenceMessageId: message.id,
        phone: '5511999999999',
        fromMe: false,
        momment: expect.any(Number),
        status: 'RECEIVED',
        chatName: expect.any(String),
        senderName: expect.any(String),
        connectedPhone: expect.any(String),
        isGroup: false,
        participantPhone: null,
        participantLid: null,
        broadcast: false,
        forwarded: false,
        fromApi: false,
        buttonsResponseMessage: { buttonId: 'yes', message: 'Yes' },
      });
      expect(latest().answers).toEqual([
        { kind: 'press', button: { id: 'yes', title: 'Yes', type: 'reply' }, at: expect.any(Date) },
      ]);
    });

    it('posts presses of buttons without an id, of list rows and of carousels', async () => {
      const bare = await viaZApi('send-button-list', {
        phone: '120363019502650977-group',
        message: 'M',
        buttonList: { buttons: [{ label: 'Great' }] },
      });
      await simulator.press(bare.id, 'Great');
      expect(app.last().json).toMatchObject({
        phone: '120363019502650977-group',
        isGroup: true,
        participantPhone: expect.stringMatching(/^\d+$/),
        buttonsResponseMessage: { buttonId: '', message: 'Great' },
      });
      const list = await viaZApi('send-option-list', {
        phone: '5511999999999',
        message: 'M',
        optionList: { title: 'T', buttonLabel: 'B', options: [{ id: 'a', title: 'Row A' }] },
      });
      await simulator.press(list.id, 'Row A');
      expect(app.last().json).toMatchObject({
        listResponseMessage: { message: 'Row A', title: 'Row A', selectedRowId: 'a' },
      });
      const card = { text: 'T', image: 'https://example.com/a.png' };
      const carousel = await viaZApi('send-carousel', {
        phone: '5511999999999',
        message: 'M',
        carousel: ['b1', 'b2'].map((id) => ({ ...card, buttons: [{ type: 'REPLY', id, label: 'Buy' }] })),
      });
      await expect(simulator.press(carousel.id, 'Buy')).rejects.toThrow('several buttons with the title "Buy"');
      await simulator.press(carousel.id, 'b2');
      expect(app.last().json).toMatchObject({ buttonsResponseMessage: { buttonId: 'b2', message: 'Buy' } });
    });

    it('posts a text, and quotes the message only with quoting: true', async () => {
      const message = await viaZApi('send-text', { phone: '5511999999999', message: 'M' });
      await simulator.type(message.id, 'olá');
      expect(app.last().json).toMatchObject({ type: 'ReceivedCallback', text: { message: 'olá' } });
      expect(app.last().json).not.toHaveProperty('referenceMessageId');
      await simulator.type(message.id, 'olá', { quoting: true });
      expect(app.last().json).toMatchObject({ referenceMessageId: message.id });
      expect(latest().answers).toHaveLength(2);
    });

    it.each([
      ['sent', 'SENT'],
      ['delivered', 'RECEIVED'],
      ['read', 'READ'],
      ['played', 'PLAYED'],
    ] as const)('posts the status %s', async (status, word) => {
      const message = await viaZApi('send-button-actions');
      await simulator.deliver(message.id, status);
      expect(app.last().json).toEqual({
        type: 'MessageStatusCallback',
        status: word,
        ids: [message.id],
        momment: expect.any(Number),
        phone: '5511999999999',
        chatLid: '9999999991155@lid',
        isGroup: false,
        instanceId: zApiAccount(simulator).instanceId,
      });
      expect(latest().status).toBe(status);
    });

    it('posts a failure with its reason', async () => {
      const message = await viaZApi('send-button-actions');
      await simulator.deliver(message.id, 'failed');
      expect(app.last().json).toEqual({
        type: 'DeliveryCallback',
        phone: '5511999999999',
        messageId: message.id,
        zaapId: message.zaapId,
        instanceId: zApiAccount(simulator).instanceId,
        momment: expect.any(Number),
        error: 'You must accept buttons message terms in panel to send this message.',
      });
      await simulator.deliver(message.id, 'failed', { text: 'Timeout on send message', code: 'SHADOW_BAN' });
      expect(app.last().json).toMatchObject({ error: 'Timeout on send message', errorCode: 'SHADOW_BAN' });
      expect(latest()).toMatchObject({ status: 'failed', failure: { text: 'Timeout on send message' } });
    });
  });

  describe('Chatvolt', () => {
    it("posts a press as a text with the button's title", async () => {
      const message = await viaChatvolt();
      await simulator.press(message.id, 'sales');
      const webhook = app.last();
      const { agentId, webhookSecret } = chatvoltAccount(simulator);
      expect(webhook.url).toBe('/webhooks/chatvolt/chatvolt');
      expect(webhook.headers.authorization).toBe(`Bearer ${webhookSecret}`);
      expect(webhook.json).toEqual({
        eventType: 'USER_MESSAGE_RECEIVED',
        conversationId: 'csimulatedconversation001',
        messageId: expect.stringMatching(/^c[a-z0-9]{24}$/),
        agentId,
        agentName: 'Front desk',
        channel: 'whatsapp',
        conversationStatus: 'UNRESOLVED',
        conversationPriority: 'MEDIUM',
        isAiEnabled: false,
        organizationId: expect.any(String),
        userName: expect.stringMatching(/^\p{L}+ \p{L}+$/u),
        userPhone: '5511999990001',
        userMessage: 'Sales',
        createdAt: expect.stringMatching(/^\d{4}-.+Z$/),
      });
    });

    it('posts a text, and a failure as AGENT_MESSAGE_BLOCKED', async () => {
      const message = await viaChatvolt();
      await simulator.type(message.id, 'olá');
      expect(app.last().json).toMatchObject({ eventType: 'USER_MESSAGE_RECEIVED', userMessage: 'olá' });
      await simulator.deliver(message.id, 'failed');
      expect(app.last().json).toMatchObject({ eventType: 'AGENT_MESSAGE_BLOCKED', messageId: message.id });
    });

    it('rejects delivery receipts, which Chatvolt does not have', async () => {
      const message = await viaChatvolt();
      const before = app.received.length;
      await expect(simulator.deliver(message.id, 'read')).rejects.toThrow('Chatvolt has no delivery receipts');
      expect(app.received).toHaveLength(before);
      expect(latest().status).toBe('accepted');
    });

    it('posts a reply by e-mail with userEmail', async () => {
      const { agentId } = chatvoltAccount(simulator);
      const body = { agentId, channel: 'email', message: 'M' };
      simulator.openConversation('', { channel: 'email', channelExternalId: 'a@example.com' });
      const message = await viaChatvolt('conversation/message/email/a@example.com', body);
      await simulator.type(message.id, 'olá');
      expect(app.last().json).toMatchObject({ userEmail: 'a@example.com', conversationId: message.conversationId });
    });
  });

  describe('WhatsApp Cloud API', () => {
    const updates = (kind: 'messages' | 'statuses', update: object) => ({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: expect.any(String),
          changes: [
            {
              field: 'messages',
              value: expect.objectContaining({
                messaging_product: 'whatsapp',
                metadata: {
                  display_phone_number: expect.any(String),
                  phone_number_id: cloudAccount(simulator).phoneNumberId,
                },
                [kind]: [update],
              }),
            },
          ],
        },
      ],
    });

    it('posts a press, and signs the exact bytes of the body', async () => {
      const message = await viaCloud();
      await simulator.press(message.id, 'No');
      const webhook = app.last();
      expect(webhook.url).toBe('/webhooks/whatsapp-cloud/whatsapp-cloud');
      const signature = createHmac('sha256', cloudAccount(simulator).appSecret).update(webhook.body).digest('hex');
      expect(webhook.headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
      expect(webhook.json).toEqual(
        updates('messages', {
          context: { from: expect.any(String), id: message.id },
          from: '5511999999999',
          from_user_id: 'BR.9999999991155',
          id: expect.stringMatching(/^wamid\./),
          timestamp: expect.stringMatching(/^\d{10}$/),
          type: 'interactive',
          interactive: { type: 'button_reply', button_reply: { id: 'no', title: 'No' } },
        }),
      );
    });

    it('posts the choice of a list row, and a text', async () => {
      const list = await viaCloud(cloudList);
      await simulator.press(list.id, 'mon');
      const row = { id: 'mon', title: 'Monday', description: 'at nine' };
      expect(app.last().json).toEqual(
        updates('messages', expect.objectContaining({ interactive: { type: 'list_reply', list_reply: row } })),
      );
      await simulator.type(list.id, 'olá');
      expect(app.last().json).toEqual(
        updates('messages', expect.objectContaining({ type: 'text', text: { body: 'olá' } })),
      );
    });

    it.each(['sent', 'delivered', 'read', 'played'] as const)('posts the status %s', async (status) => {
      const message = await viaCloud({ ...cloudButtons, biz_opaque_callback_data: 'mine' });
      await simulator.deliver(message.id, status);
      expect(app.last().json).toEqual(
        updates('statuses', {
          id: message.id,
          status,
          timestamp: expect.stringMatching(/^\d{10}$/),
          recipient_id: '5511999999999',
          recipient_user_id: 'BR.9999999991155',
          biz_opaque_callback_data: 'mine',
        }),
      );
    });

    it('posts a failure with its code', async () => {
      const message = await viaCloud();
      const failed = (code: number, title: string) =>
        updates(
          'statuses',
          expect.objectContaining({ status: 'failed', errors: [expect.objectContaining({ code, title })] }),
        );
      await simulator.deliver(message.id, 'failed');
      expect(app.last().json).toEqual(failed(131026, 'Message undeliverable'));
      await simulator.deliver(message.id, 'failed', { text: 'Re-engagement message', code: 131047 });
      expect(app.last().json).toEqual(failed(131047, 'Re-engagement message'));
    });

    it('verifies the webhook URL with a challenge', async () => {
      const answer = await simulator.verifyWebhook();
      const query = new URL(app.last().url, app.url).searchParams;
      expect(app.last().method).toBe('GET');
      expect(query.get('hub.mode')).toBe('subscribe');
      expect(query.get('hub.verify_token')).toBe(cloudAccount(simulator).verifyToken);
      expect(answer).toMatchObject({ status: 200, body: query.get('hub.challenge') });
      expect(answer.url).not.toContain('verify_token');
    });
  });

  it('rejects presses of link buttons, unknown buttons and unknown messages', async () => {
    const link = { type: 'URL', label: 'Site', url: 'https://example.com' };
    const message = await viaZApi('send-button-actions', { ...buttonActions, buttonActions: [link] });
    await expect(simulator.press(message.id, 'Site')).rejects.toThrow('"Site" is a url button');
    await expect(simulator.press(message.id, 'Other')).rejects.toThrow('has no button "Other". Its buttons: "Site"');
    await expect(simulator.press('nowhere', 'Site')).rejects.toThrow('has no message "nowhere"');
    await expect(simulator.deliver(message.id, 'read', 'because')).rejects.toThrow(
      'reason is only allowed for the status "failed"',
    );
    expect(latest().answers).toEqual([]);
  });

  it("returns and emits the application's response", async () => {
    const stranger = await receiveWebhooks(401);
    try {
      const message = await viaZApi('send-button-actions');
      simulator.webhooks(new URL(stranger.url));
      const told = firstValueFrom(simulator.events$.pipe(filter(({ kind }) => kind === 'webhook')));
      const answer = await simulator.press(message.id, 'yes');
      expect(answer.status).toBe(401);
      expect(await told).toMatchObject({ provider: 'z-api', url: `${stranger.url}/z-api/z-api`, status: 401 });
    } finally {
      await stranger.close();
    }
    const message = latest();
    await expect(simulator.press(message.id, 'yes')).rejects.toThrow(/Cannot send the webhook to .+ECONNREFUSED/);
    expect(latest().answers).toHaveLength(2);
    simulator.webhooks(app.url);
  });

  it('rejects a press without a webhook URL, but records it', async () => {
    const message = await viaZApi('send-button-actions');
    simulator.webhooks(undefined);
    await expect(simulator.press(message.id, 'yes')).rejects.toThrow('No webhook URL is set');
    expect(latest().answers).toHaveLength(1);
    expect(() => simulator.webhooks('ftp://example.com')).toThrow(TypeError);
    expect(() => simulator.webhooks('nonsense')).toThrow(TypeError);
    simulator.webhooks(app.url);
  });
});
