import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountNews } from '../../../lib/simulator/index.js';
import { zApi } from './clients.js';
import { cloudField, cloudValue, type Field, startField } from './field.js';

describe('GatewaySimulator.announce', () => {
  let field: Field;
  beforeAll(async () => {
    field = await startField();
  });
  afterAll(() => field.close());
  const body = () => field.app.last().json;

  it.each<[AccountNews, string, object]>([
    [
      { type: 'restricted', expiration: 1_777_594_009 },
      'account_update',
      { event: 'ACCOUNT_RESTRICTION', restriction_info: [{ expiration: 1_777_594_009 }] },
    ],
    [{ type: 'banned' }, 'account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } }],
    [{ type: 'reinstated' }, 'account_update', { ban_info: { waba_ban_state: 'REINSTATE' } }],
    [
      { type: 'template-status', template: 'reminder', language: 'pt_BR', now: 'REJECTED', reason: 'INVALID_FORMAT' },
      'message_template_status_update',
      {
        event: 'REJECTED',
        message_template_name: 'reminder',
        message_template_language: 'pt_BR',
        reason: 'INVALID_FORMAT',
      },
    ],
    [
      { type: 'template-quality', template: 'reminder', now: 'RED', before: 'GREEN' },
      'message_template_quality_update',
      { previous_quality_score: 'GREEN', new_quality_score: 'RED' },
    ],
    [
      { type: 'template-category', template: 'reminder', now: 'MARKETING' },
      'template_category_update',
      { previous_category: 'UTILITY', new_category: 'MARKETING' },
    ],
    [
      { type: 'quality', event: 'FLAGGED' },
      'phone_number_quality_update',
      { event: 'FLAGGED', current_limit: 'TIER_1K' },
    ],
    [
      { type: 'error', code: 0, title: 'AuthException' },
      'messages',
      { messaging_product: 'whatsapp', errors: [{ code: 0, title: 'AuthException' }] },
    ],
    [
      { type: 'other', name: 'field_of_tomorrow', content: { something: { new: true } } },
      'field_of_tomorrow',
      { something: { new: true } },
    ],
  ])('posts the Cloud API news %j', async (news, name, value) => {
    await field.simulator.announce('whatsapp-cloud', news);
    expect(cloudField(body())).toBe(name);
    expect(cloudValue(body())).toMatchObject(value);
  });

  it('posts a Z-API disconnection, and queues messages until it reconnects', async () => {
    const { simulator } = field;
    await simulator.announce('z-api', { type: 'disconnected' });
    expect(body()).toMatchObject({
      type: 'DisconnectedCallback',
      disconnected: true,
      error: 'Device has been disconnected',
    });
    expect((await zApi(simulator, 'status')).json).toMatchObject({ connected: false, error: 'You are not connected.' });
    for (const message of ['one', 'two', 'three']) {
      expect((await zApi(simulator, 'send-text', { phone: '5511999999999', message })).status).toBe(200);
    }
    const [first, second] = simulator.messages().slice(-3);
    expect((await zApi(simulator, 'queue/count')).json).toEqual({ count: 3 });
    const page = await zApi(simulator, 'queue', { pageSize: 2 });
    expect(page.json).toMatchObject({
      messages: [
        { ZaapId: first?.zaapId, MessageId: first?.id, Phone: '5511999999999', Message: 'one' },
        { Message: 'two' },
      ],
      hasMore: true,
      pagingState: '2',
    });
    expect((await zApi(simulator, 'queue', { pageSize: 2, pagingState: '2' })).json).toMatchObject({
      messages: [{ Message: 'three' }],
      hasMore: false,
      pagingState: null,
    });
    expect((await zApi(simulator, `queue/${second?.zaapId}`, undefined, { method: 'DELETE' })).status).toBe(200);
    expect((await zApi(simulator, 'queue/count')).json).toEqual({ count: 2 });
    expect(await zApi(simulator, 'queue', { pageSize: 31 })).toMatchObject({ status: 400 });

    await simulator.announce('z-api', { type: 'connected' });
    expect(body()).toMatchObject({ type: 'ConnectedCallback', connected: true });
    expect((await zApi(simulator, 'queue/count')).json).toEqual({ count: 0 });
    expect((await zApi(simulator, 'status')).json).toMatchObject({ connected: true });
  });

  it('posts a Z-API callback of an unknown type', async () => {
    await field.simulator.announce('z-api', { type: 'other', name: 'ProxyCallback', content: { proxy: 'down' } });
    expect(body()).toMatchObject({ type: 'ProxyCallback', proxy: 'down', instanceId: expect.any(String) });
  });

  it('posts the health check and other events of Chatvolt', async () => {
    await field.simulator.announce('chatvolt', { type: 'health-check' });
    expect(body()).not.toHaveProperty('eventType');
    await field.simulator.announce('chatvolt', { type: 'other', name: 'STEP_ENTERED', content: { stepId: 's' } });
    expect(body()).toMatchObject({ eventType: 'STEP_ENTERED', stepId: 's', conversationId: expect.any(String) });
  });

  it.each([
    ['z-api', { type: 'restricted' }],
    ['chatvolt', { type: 'connected' }],
    ['whatsapp-cloud', { type: 'health-check' }],
  ] as const)('rejects news of %s that has no callback: %j', async (account, news) => {
    const before = field.app.received.length;
    await expect(field.simulator.announce(account, news)).rejects.toThrow('no callback for');
    expect(field.app.received).toHaveLength(before);
  });
});
