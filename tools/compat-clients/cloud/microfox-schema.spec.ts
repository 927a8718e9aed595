import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebhookPayloadSchema } from '@microfox/whatsapp-business';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { CallbackAddress } from '../callback-address.js';
import { only } from '../only.js';
import { isCloud } from './is-cloud.js';
import { microfox } from './microfox.js';

const PERSON = '5511987650011';
const CHOICES = [
  { id: 'yes', title: 'Yes' },
  { id: 'no', title: 'No' },
] as const;

describe('@microfox/whatsapp-business schema of the Cloud API callbacks', () => {
  let simulator: GatewaySimulator;
  let address: CallbackAddress;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    address = await CallbackAddress.start();
    simulator.webhooks(address.url);
  });
  afterAll(async () => {
    await simulator.close();
    await address.close();
  });

  const send = () => microfox(only(simulator.accounts().filter(isCloud))).sendButtons(PERSON, 'Deliver?', CHOICES);
  const heard = () => only(only(WebhookPayloadSchema.parse(JSON.parse(address.last().body)).entry).changes).value;

  it('parses a press', async () => {
    await simulator.press(await send(), 'yes');
    expect(only(heard().messages)).toMatchObject({ type: 'interactive', from: PERSON });
  });

  it('parses a text', async () => {
    await simulator.type(await send(), 'Later');
    expect(only(heard().messages)).toMatchObject({ type: 'text', text: { body: 'Later' } });
  });

  it.each(['sent', 'delivered', 'read', 'failed'] as const)('parses the status %s', async (status) => {
    const id = await send();
    await simulator.deliver(id, status);
    expect(only(heard().statuses)).toMatchObject({ id, status, recipient_id: PERSON });
  });
});
