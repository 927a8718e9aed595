import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AcceptedMessage,
  GatewaySimulator,
  type SimulatedAccount,
  type SimulatedZApiAccount,
} from 'nestjs-button-messaging/simulator';
import { APIError, ZAPI } from 'z-api-sdk';
import { only } from './only.js';

const PERSON = '5511987650011';
const YES = { id: 'yes', label: 'Yes, please' };
const NO = { id: 'no', label: 'No' };

const isZApi = (account: SimulatedAccount): account is SimulatedZApiAccount => account.provider === 'z-api';

let simulator: GatewaySimulator;
let account: SimulatedZApiAccount;
let client: ZAPI;

beforeAll(async () => {
  simulator = await GatewaySimulator.start();
  account = only(simulator.accounts().filter(isZApi));
  client = clientOf(account);
});

afterAll(() => simulator.close());

function clientOf({ instanceId, token, clientToken, baseUrl: baseURL }: SimulatedZApiAccount): ZAPI {
  return new ZAPI({ instanceId, token, clientToken, baseURL, maxRetries: 0 });
}

function arrived(id: string | undefined): AcceptedMessage {
  return only(simulator.messages().filter((message) => message.id === id));
}

describe('z-api-sdk with the simulated Z-API', () => {
  it('sends a text', async () => {
    const { messageId, zaapId } = await client.messages.sendText({ phone: PERSON, message: 'Good morning' });
    expect(arrived(messageId)).toMatchObject({ to: PERSON, text: 'Good morning', endpoint: 'send-text', buttons: [] });
    expect(zaapId).toEqual(expect.any(String));
  });

  it('sends reply buttons', async () => {
    const buttonList = { buttons: [YES, NO] };
    const { messageId } = await client.messages.sendButtonList({ phone: PERSON, message: 'Deliver?', buttonList });
    expect(arrived(messageId)).toMatchObject({ to: PERSON, text: 'Deliver?', endpoint: 'send-button-list' });
    expect(arrived(messageId).buttons).toEqual([
      { id: YES.id, title: YES.label, type: 'reply' },
      { id: NO.id, title: NO.label, type: 'reply' },
    ]);
  });

  it('sends buttons with actions', async () => {
    const { messageId } = await client.messages.sendButtonActions({
      phone: PERSON,
      message: 'Your order',
      title: 'Order 7',
      footer: 'The shop',
      buttonActions: [
        { type: 'URL', label: 'Track it', url: 'https://shop.example/orders/7' },
        { type: 'CALL', label: 'Ring us', phone: '551140001234' },
      ],
    });
    expect(arrived(messageId).buttons.map(({ type, title }) => ({ type, title }))).toEqual([
      { type: 'url', title: 'Track it' },
      { type: 'call', title: 'Ring us' },
    ]);
  });

  it('sends a list of options', async () => {
    const { messageId } = await client.messages.sendOptionList({
      phone: PERSON,
      message: 'When?',
      optionList: { title: 'Times', buttonLabel: 'Choose', options: [{ id: 'slot-09', title: '09:00' }] },
    });
    expect(only(arrived(messageId).buttons)).toEqual({ id: 'slot-09', title: '09:00', type: 'option' });
  });

  it('sends a button with a code', async () => {
    const { messageId } = await client.messages.sendButtonOtp({ phone: PERSON, message: 'Your code', code: '482913' });
    expect(only(arrived(messageId).buttons).type).toBe('copy');
  });

  it('sends a Pix button', async () => {
    const { messageId } = await client.messages.sendButtonPix({
      phone: PERSON,
      pixKey: 'pix@shop.example',
      type: 'EMAIL',
    });
    expect(arrived(messageId)).toMatchObject({ endpoint: 'send-button-pix', body: { pixKey: 'pix@shop.example' } });
  });

  it('marks a message as read', async () => {
    await client.messages.readMessage({ phone: PERSON, messageId: '3EB0HEARD0001' });
    expect(simulator.requests().at(-1)).toMatchObject({ method: 'POST', answer: { status: 204, body: '' } });
  });

  it('reads whether a phone number is on WhatsApp', async () => {
    // The client declares one object, but the documented response is a list with one entry.
    expect(await client.contacts.phoneExists(PERSON)).toEqual([
      expect.objectContaining({ exists: true, phone: PERSON }),
    ]);
  });

  it('reads whether the instance is connected', async () => {
    expect(await client.instance.getStatus()).toMatchObject({ connected: true });
  });

  it('throws an APIError for a rejected Client-Token', async () => {
    const stranger = clientOf({ ...account, clientToken: 'revoked' });
    const error = await stranger.messages.sendText({ phone: PERSON, message: 'x' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status: 403, message: expect.stringContaining('Client-Token not allowed') });
  });
});
