import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptsMessage, chatvoltFaults, GatewaySimulator, metaFault } from '../../../lib/simulator/index.js';
import { chatvolt, chatvoltButtons, cloud, cloudAccount, cloudButtons, zApi } from './clients.js';

describe('chatvoltFaults and metaFault', () => {
  let simulator: GatewaySimulator;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
  });
  afterAll(() => simulator.close());

  it.each([
    ['noConversation', 500, 'No Conversation found'],
    ['unsupportedChannel', 500, 'Unsupported Communication Channel.'],
    ['schemaFault', 500, 'too_small'],
    ['requestFailed', 500, 'Request failed with status code 400'],
    ['exception', 500, 'trace 7c1e-4b20-a131026f-11de'],
    ['countInWords', 500, '131072 tokens'],
    ['echoedText', 500, 'Order 130429 is ready'],
    ['metaError', 500, '"code":131047'],
    ['windowClosed', 406, 'ERR_META_SESSION_EXPIRED_24H'],
    ['windowClosedInWords', 406, 'window has expired'],
    ['noSuccess', 200, '"success":false'],
    ['rateLimitedInBody', 429, '"retryAfter":2'],
  ] as const)('plays the Chatvolt fault %s with status %i', async (name, status, words) => {
    const before = simulator.messages().length;
    simulator.fail('chatvolt', chatvoltFaults[name]);
    const reply = await chatvolt(simulator, 'messages/interactive/send-buttons', chatvoltButtons(simulator));
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(words);
    expect(simulator.messages()).toHaveLength(before);
  });

  it('plays a plain 403 and a 500 after delivery for Chatvolt', async () => {
    simulator.fail('chatvolt', chatvoltFaults.forbidden);
    const refused = await chatvolt(simulator, 'messages/interactive/send-buttons', chatvoltButtons(simulator));
    expect(refused).toMatchObject({ status: 403, text: 'Forbidden', json: undefined });
    expect(acceptsMessage(chatvoltFaults.afterDelivery)).toBe(true);
    const before = simulator.messages().length;
    simulator.fail('chatvolt', chatvoltFaults.afterDelivery);
    const late = await chatvolt(simulator, 'messages/interactive/send-buttons', chatvoltButtons(simulator));
    expect(late.status).toBe(500);
    expect(simulator.messages()).toHaveLength(before + 1);
  });

  it('plays Meta codes as Graph errors, also transient and with a wait in minutes', async () => {
    const path = `${cloudAccount(simulator).phoneNumberId}/messages`;
    simulator.fail('whatsapp-cloud', metaFault(131042));
    expect(await cloud(simulator, path, cloudButtons)).toMatchObject({
      status: 400,
      json: { error: { code: 131042, type: 'OAuthException', message: '(#131042) refused' } },
    });
    simulator.fail('whatsapp-cloud', metaFault(2, { status: 500, isTransient: true, message: 'Service down' }));
    expect(await cloud(simulator, path, cloudButtons)).toMatchObject({
      status: 500,
      json: { error: { code: 2, is_transient: true, message: 'Service down' } },
    });
    simulator.fail('whatsapp-cloud', metaFault(80007, { regainAccessMinutes: 5 }));
    const limited = await cloud(simulator, path, cloudButtons);
    expect(limited.headers.get('x-business-use-case-usage')).toContain('"estimated_time_to_regain_access":5');
    expect(limited.headers.get('retry-after')).toBeNull();
  });

  it('plays a fault for sends, reads or other calls only', async () => {
    simulator.fail('z-api', { status: 500 }, 1, 'others');
    simulator.fail('z-api', { status: 502 }, 1, 'reads');
    simulator.fail('z-api', { status: 503 }, 1, 'sends');
    const phone = '5511999999999';
    expect((await zApi(simulator, 'read-message', { phone, messageId: 'M' })).status).toBe(500);
    expect((await zApi(simulator, 'phone-exists-batch', { phones: [phone] })).status).toBe(502);
    expect((await zApi(simulator, 'send-text', { phone, message: 'M' })).status).toBe(503);
  });
});
