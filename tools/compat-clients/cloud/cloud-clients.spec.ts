import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AcceptedMessage,
  GatewaySimulator,
  type InboundContent,
  metaFault,
  type SimulatedWhatsAppCloudAccount,
} from 'nestjs-button-messaging/simulator';
import { CallbackAddress } from '../callback-address.js';
import { only } from '../only.js';
import { CLOUD_CLIENTS } from './clients.js';
import type { CloudClient } from './cloud-client.interface.js';
import { isCloud } from './is-cloud.js';

const PERSON = '5511987650011';
const USER_ID = 'BR.7788990011223344';
const YES = { id: 'yes', title: 'Yes, please' };
const NO = { id: 'no', title: 'No' };
const MORNING = { id: 'slot-09', title: '09:00' };
const NOON = { id: 'slot-12', title: '12:00' };

/** Other inbound contents whose type has the same name in the Cloud API. */
const INBOUND = [
  { type: 'image', caption: 'The broken cup' },
  { type: 'audio' },
  { type: 'document', filename: 'invoice.pdf' },
  { type: 'sticker' },
  { type: 'location', latitude: -23.55, longitude: -46.63 },
  { type: 'reaction', of: 'wamid.SENT0001', emoji: '👍' },
  { type: 'edit', of: 'wamid.HEARD0003', text: 'Rua das Flores, 14' },
  { type: 'revoke', of: 'wamid.HEARD0004' },
  { type: 'unsupported' },
] as const satisfies readonly InboundContent[];

// The offered methods decide which tests are defined, before the simulator starts.
const NO_ACCOUNT: SimulatedWhatsAppCloudAccount = {
  provider: 'whatsapp-cloud',
  name: 'none',
  phoneNumberId: '1',
  businessAccountId: '2',
  accessToken: 'none',
  appSecret: 'none',
  verifyToken: 'none',
  baseUrl: 'http://127.0.0.1:9',
};
const CLIENTS = CLOUD_CLIENTS.map((make) => {
  const offers = make(NO_ACCOUNT);
  return { name: offers.name, make, offers };
});

let simulator: GatewaySimulator;
let address: CallbackAddress;
let account: SimulatedWhatsAppCloudAccount;

beforeAll(async () => {
  simulator = await GatewaySimulator.start();
  address = await CallbackAddress.start();
  simulator.webhooks(address.url);
  account = only(simulator.accounts().filter(isCloud));
});

afterAll(async () => {
  await simulator.close();
  await address.close();
});

function arrived(id: string): AcceptedMessage {
  return only(simulator.messages().filter((message) => message.id === id));
}

function lastRequest(): unknown {
  return JSON.parse(simulator.requests().at(-1)?.body ?? 'null');
}

/** Returns a method that the client offers. */
function offered<T>(call: T | undefined): T {
  if (call === undefined) throw new Error('The client does not offer this');
  return call;
}

describe.each(CLIENTS)('$name with the simulated Cloud API', ({ make, offers }) => {
  let client: CloudClient;
  beforeAll(() => {
    client = make(account);
  });

  it('sends a text', async () => {
    const id = await client.sendText(PERSON, 'Good morning');
    expect(arrived(id)).toMatchObject({ to: PERSON, text: 'Good morning', buttons: [] });
  });

  it('sends reply buttons', async () => {
    const id = await client.sendButtons(PERSON, 'Shall we deliver?', [YES, NO]);
    expect(arrived(id)).toMatchObject({ to: PERSON, text: 'Shall we deliver?' });
    expect(arrived(id).buttons.map(({ type, title }) => ({ type, title }))).toEqual([
      { type: 'reply', title: YES.title },
      { type: 'reply', title: NO.title },
    ]);
  });

  it('marks a message as read', async () => {
    expect(await client.markRead('wamid.HEARD0001')).toBe(true);
    expect(lastRequest()).toMatchObject({ status: 'read', message_id: 'wamid.HEARD0001' });
  });

  it('reads the code of a rejected access token', async () => {
    const refused = make({ ...account, accessToken: 'revoked' });
    const error = await refused.sendText(PERSON, 'Never sent').catch((reason: unknown) => reason);
    expect(await client.codeOf(error)).toBe(190);
  });

  it.each([130429, 131047, 131056])('reads the error code %d', async (code) => {
    simulator.fail('whatsapp-cloud', metaFault(code));
    const error = await client.sendText(PERSON, 'Refused').catch((reason: unknown) => reason);
    expect(await client.codeOf(error)).toBe(code);
  });

  if (offers.sendList) {
    it('sends a list', async () => {
      const id = await offered(client.sendList)(PERSON, 'When?', 'Times', [MORNING, NOON]);
      expect(arrived(id)).toMatchObject({ to: PERSON, text: 'When?' });
      expect(arrived(id).buttons).toEqual([
        { ...MORNING, type: 'option' },
        { ...NOON, type: 'option' },
      ]);
    });
  }

  if (offers.sendCtaUrl) {
    it('sends a link button', async () => {
      const id = await offered(client.sendCtaUrl)(PERSON, 'Your order', 'Track it', 'https://shop.example/orders/7');
      expect(arrived(id)).toMatchObject({ to: PERSON, text: 'Your order' });
      expect(only(arrived(id).buttons)).toMatchObject({ type: 'url', title: 'Track it' });
    });
  }

  if (offers.sendTemplate) {
    it('sends a template', async () => {
      const id = await offered(client.sendTemplate)(PERSON, 'order_ready', 'pt_BR', 'Ana');
      expect(arrived(id).body).toMatchObject({
        type: 'template',
        template: {
          name: 'order_ready',
          language: { code: 'pt_BR' },
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }],
        },
      });
    });
  }

  if (offers.sendTextToUser) {
    it('sends a text to a business-scoped user id', async () => {
      const id = await offered(client.sendTextToUser)(USER_ID, 'Your number is not needed');
      expect(arrived(id).body).toMatchObject({ recipient: USER_ID, text: { body: 'Your number is not needed' } });
    });
  }

  if (offers.showTyping) {
    it('shows a typing indicator', async () => {
      expect(await offered(client.showTyping)('wamid.HEARD0002')).toBe(true);
      expect(lastRequest()).toMatchObject({ message_id: 'wamid.HEARD0002', typing_indicator: { type: 'text' } });
    });
  }

  if (offers.admits) {
    it('accepts the signature of a callback', async () => {
      await simulator.press(await client.sendButtons(PERSON, 'Signed?', [YES, NO]), YES.title);
      expect(await offered(client.admits)(address.last())).toBe(true);
    });

    it('rejects the signature of a changed callback', async () => {
      await simulator.press(await client.sendButtons(PERSON, 'Changed?', [YES, NO]), YES.title);
      const { headers, body } = address.last();
      expect(await offered(client.admits)({ headers, body: body.replace(YES.title, NO.title) })).toBe(false);
    });
  }

  if (offers.hear) {
    it('parses a press', async () => {
      const id = await client.sendButtons(PERSON, 'Shall we deliver?', [YES, NO]);
      await simulator.press(id, NO.id);
      expect((await offered(client.hear)(address.last())).presses).toEqual([{ ...NO, inReplyTo: id, from: PERSON }]);
    });

    it.each(INBOUND)('parses a message of type $type', async (content) => {
      await simulator.write(account.name, { from: PERSON, ...content });
      const heard = await offered(client.hear)(address.last());
      expect(heard.messages).toEqual([expect.objectContaining({ type: content.type, from: PERSON })]);
    });

    it('parses a text from a person who hides the phone number', async () => {
      const from = { userId: USER_ID, username: 'ana.souza', shows: 'ids' } as const;
      await simulator.write(account.name, { from, type: 'text', text: 'Good morning' });
      const heard = await offered(client.hear)(address.last());
      expect(heard.messages).toEqual([{ type: 'text', from: undefined, userId: USER_ID }]);
      expect(heard.texts).toEqual([{ text: 'Good morning', from: undefined }]);
    });

    it('parses a text', async () => {
      await simulator.type(await client.sendText(PERSON, 'Where to?'), 'Rua das Flores, 12');
      expect((await offered(client.hear)(address.last())).texts).toEqual([
        { text: 'Rua das Flores, 12', from: PERSON },
      ]);
    });

    it.each(['sent', 'delivered', 'read'] as const)('parses the status %s', async (status) => {
      const id = await client.sendText(PERSON, 'Good morning');
      await simulator.deliver(id, status);
      expect((await offered(client.hear)(address.last())).statuses).toEqual([{ id, status, code: undefined }]);
    });

    it('parses the code of a failed message', async () => {
      const id = await client.sendText(PERSON, 'Good morning');
      await simulator.deliver(id, 'failed', { code: 131047, text: 'Re-engagement message' });
      expect((await offered(client.hear)(address.last())).statuses).toEqual([{ id, status: 'failed', code: 131047 }]);
    });
  }

  if (offers.sendList && offers.hear) {
    it('parses the choice of a list row', async () => {
      const id = await offered(client.sendList)(PERSON, 'When?', 'Times', [MORNING, NOON]);
      await simulator.press(id, NOON.id);
      expect((await offered(client.hear)(address.last())).presses).toEqual([{ ...NOON, inReplyTo: id, from: PERSON }]);
    });
  }

  if (offers.verify) {
    it('verifies the webhook URL', async () => {
      address.verifyBy(offered(client.verify));
      expect(await simulator.verifyWebhook()).toMatchObject({ status: 200 });
    });
  }
});
