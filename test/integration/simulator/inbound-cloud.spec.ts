import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InboundContent } from '../../../lib/simulator/index.js';
import { cloud, cloudAccount, cloudButtons } from './clients.js';
import { cloudField, cloudValue, type Field, sendButtons, startField } from './field.js';

const account = 'whatsapp-cloud';
const ana = { name: 'Ana', phone: '5511988880001', userId: 'BR.1A2B3C4D5E6F', parentUserId: 'BR.ENT.7A8B9C' };

describe('GatewaySimulator.write for the Cloud API', () => {
  let field: Field;
  beforeAll(async () => {
    field = await startField();
  });
  afterAll(() => field.close());
  const value = () => cloudValue(field.app.last().json);

  it('posts a text with phone number and user ids', async () => {
    const person = { ...ana, username: 'ana.souza' };
    await field.simulator.write(account, { from: person, type: 'text', text: 'Hello' });
    expect(value()).toEqual({
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550100200', phone_number_id: cloudAccount(field.simulator).phoneNumberId },
      contacts: [
        {
          profile: { name: 'Ana', username: 'ana.souza' },
          wa_id: ana.phone,
          user_id: ana.userId,
          parent_user_id: ana.parentUserId,
        },
      ],
      messages: [
        {
          from: ana.phone,
          from_user_id: ana.userId,
          from_parent_user_id: ana.parentUserId,
          id: expect.stringMatching(/^wamid\./),
          timestamp: expect.stringMatching(/^\d{10}$/),
          type: 'text',
          text: { body: 'Hello' },
        },
      ],
    });
  });

  it.each([
    ['ids', { user_id: 'BR.1A2B3C4D5E6F' }, { from_user_id: 'BR.1A2B3C4D5E6F' }, ['wa_id', 'from']],
    [
      'id-as-number',
      { wa_id: 'BR.1A2B3C4D5E6F', user_id: 'BR.1A2B3C4D5E6F' },
      { from: 'BR.1A2B3C4D5E6F', from_user_id: 'BR.1A2B3C4D5E6F' },
      [],
    ],
    ['number-alone', { wa_id: '5511988880001' }, { from: '5511988880001' }, ['user_id', 'from_user_id']],
  ] as const)('identifies the sender by %s', async (shows, contact, sender, absent) => {
    await field.simulator.write(account, { from: { ...ana, shows }, type: 'text', text: 'Hello' });
    const told = JSON.stringify(value());
    expect(value()).toMatchObject({ contacts: [contact], messages: [sender] });
    for (const name of absent) expect(told).not.toContain(`"${name}":`);
  });

  it('posts texts of an unknown user id or phone number', async () => {
    await field.simulator.write(account, { from: 'US.9Z8Y7X', type: 'text', text: 'Hello' });
    expect(value()).toMatchObject({ messages: [{ from_user_id: 'US.9Z8Y7X' }] });
    expect(JSON.stringify(value())).not.toContain('"from":');
    await field.simulator.write(account, { from: '5521977770000', type: 'text', text: 'Hello' });
    expect(value()).toMatchObject({ messages: [{ from: '5521977770000', from_user_id: 'BR.0000777791255' }] });
  });

  it('marks the messages of groups', async () => {
    await field.simulator.write(account, { from: ana, group: 'Y2FwaV9ncm91cDoz', type: 'text', text: 'Hello' });
    expect(value()).toMatchObject({ messages: [{ from: ana.phone, group_id: 'Y2FwaV9ncm91cDoz' }] });
  });

  it.each<[InboundContent, object]>([
    [
      { type: 'audio' },
      { type: 'audio', audio: { id: expect.any(String), voice: true, mime_type: 'audio/ogg; codecs=opus' } },
    ],
    [
      { type: 'image', caption: 'This' },
      { type: 'image', image: { sha256: expect.any(String), caption: 'This' } },
    ],
    [
      { type: 'document', filename: 'a.pdf' },
      { type: 'document', document: { filename: 'a.pdf' } },
    ],
    [{ type: 'sticker' }, { type: 'sticker', sticker: { animated: false } }],
    [
      { type: 'video', url: 'https://files.example/v' },
      { type: 'video', video: { url: 'https://files.example/v' } },
    ],
    [
      { type: 'reaction', of: 'wamid.A', emoji: '👍' },
      { type: 'reaction', reaction: { message_id: 'wamid.A', emoji: '👍' } },
    ],
    [
      { type: 'edit', of: 'wamid.A', text: 'New' },
      { type: 'edit', edit: { original_message_id: 'wamid.A', message: { type: 'text', text: { body: 'New' } } } },
    ],
    [
      { type: 'revoke', of: 'wamid.A' },
      { type: 'revoke', revoke: { original_message_id: 'wamid.A' } },
    ],
    [{ type: 'location', latitude: -23.5, longitude: -46.6 }, { location: { latitude: -23.5, longitude: -46.6 } }],
    [
      { type: 'contact', name: 'Bia', phone: '5511988880002' },
      { contacts: [{ phones: [{ wa_id: '5511988880002' }] }] },
    ],
    [
      { type: 'flow', response: { flow_token: 'f', when: 'mon' } },
      {
        type: 'interactive',
        interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{"flow_token":"f","when":"mon"}' } },
      },
    ],
    [{ type: 'unsupported' }, { type: 'unsupported', errors: [{ code: 131051 }] }],
    [
      { type: 'press', id: 'yes', title: 'Yes', kind: 'template' },
      { type: 'button', button: { payload: 'yes', text: 'Yes' } },
    ],
    [
      { type: 'other', fields: { type: 'order', order: { catalog_id: '1' } } },
      { type: 'order', order: { catalog_id: '1' } },
    ],
  ])('posts %j in its documented form', async (content, told) => {
    await field.simulator.write(account, { from: ana, ...content });
    expect(value()).toMatchObject({ messages: [told] });
  });

  it('rejects waiting messages, which Meta does not document', async () => {
    const before = field.app.received.length;
    await expect(field.simulator.write(account, { from: ana, type: 'waiting' })).rejects.toThrow(
      'no callback for "waiting"',
    );
    expect(field.app.received).toHaveLength(before);
  });

  it('posts a changed number, and uses it from then on', async () => {
    const bia = field.simulator.addPerson({ name: 'Bia', phone: '5511988880002', userId: 'BR.B1A' });
    await field.simulator.write(account, { from: bia.userId, type: 'changed-number', phone: '5511988880003' });
    expect(value()).toMatchObject({
      messages: [
        { from: '5511988880002', type: 'system', system: { type: 'user_changed_number', wa_id: '5511988880003' } },
      ],
    });
    await field.simulator.write(account, { from: bia.userId, type: 'text', text: 'Hello' });
    expect(value()).toMatchObject({ messages: [{ from: '5511988880003' }] });
  });

  it('posts a changed user id, as a field or as a message', async () => {
    const eva = { name: 'Eva', phone: '5511988880004', userId: 'BR.E1' };
    await field.simulator.write(account, { from: eva, type: 'changed-user-id', userId: 'BR.E2' });
    expect(cloudField(field.app.last().json)).toBe('user_id_update');
    expect(value()).toMatchObject({
      contacts: [{ wa_id: eva.phone }],
      user_id_update: [{ wa_id: eva.phone, user_id: { previous: 'BR.E1', current: 'BR.E2' } }],
    });
    await field.simulator.write(account, { from: eva.phone, type: 'changed-user-id', userId: 'BR.E3', as: 'message' });
    expect(value()).toMatchObject({
      messages: [{ from_user_id: 'BR.E2', type: 'system', system: { type: 'user_changed_user_id', user_id: 'BR.E3' } }],
    });
  });

  it('posts quotes, given ids, other numbers and unknown fields', async () => {
    const { simulator } = field;
    const hello = { from: ana, type: 'text', text: 'Hello' } as const;
    await simulator.write(account, { ...hello, quoting: 'wamid.A', messageId: 'wamid.B' });
    expect(value()).toMatchObject({ messages: [{ id: 'wamid.B', context: { id: 'wamid.A' } }] });
    await simulator.write(account, { ...hello, messageId: null }, { heardBy: '777000', fields: { tomorrow: true } });
    expect(value()).toMatchObject({ metadata: { phone_number_id: '777000' }, messages: [{ tomorrow: true }] });
    expect(JSON.stringify(value())).not.toContain('"id":');
  });

  it('posts presses under the user id alone, and by another person', async () => {
    const { simulator } = field;
    simulator.addPerson({ phone: '5511999999999', userId: 'BR.RECIPIENT', shows: 'ids' });
    const message = await sendButtons(simulator, account);
    await simulator.press(message.id, 'yes');
    expect(value()).toMatchObject({ messages: [{ from_user_id: 'BR.RECIPIENT', context: { id: message.id } }] });
    await simulator.deliver(message.id, 'read');
    expect(value()).toMatchObject({ statuses: [{ recipient_user_id: 'BR.RECIPIENT' }] });
    expect(JSON.stringify(value())).not.toContain('"recipient_id"');
    await simulator.press(message.id, 'yes', { by: '5511988880009' });
    expect(value()).toMatchObject({ messages: [{ from: '5511988880009' }] });
  });

  it('posts statuses and presses of group participants', async () => {
    const { simulator } = field;
    const path = `${cloudAccount(simulator).phoneNumberId}/messages`;
    await cloud(simulator, path, { ...cloudButtons, recipient_type: 'group', to: 'Y2FwaV9ncm91cDoz' });
    const { id } = simulator.messages().at(-1) ?? { id: '' };
    await simulator.deliver(id, 'read', undefined, { participant: '5511988880003' });
    expect(value()).toMatchObject({
      statuses: [
        { recipient_id: 'Y2FwaV9ncm91cDoz', recipient_type: 'group', recipient_participant_id: '5511988880003' },
      ],
    });
    await simulator.press(id, 'yes', { by: '5511988880003' });
    expect(value()).toMatchObject({ messages: [{ from: '5511988880003', group_id: 'Y2FwaV9ncm91cDoz' }] });
  });

  it('posts statuses with any code, and those of payments and calls', async () => {
    const { simulator } = field;
    const message = await sendButtons(simulator, account);
    const reason = { text: 'Not delivered', code: 131049, details: 'healthy ecosystem' };
    await simulator.deliver(message.id, 'failed', reason);
    expect(value()).toMatchObject({
      statuses: [{ errors: [{ code: 131049, title: 'Not delivered', error_data: { details: 'healthy ecosystem' } }] }],
    });
    for (const type of ['payment', 'call'] as const) {
      await simulator.deliver(message.id, 'delivered', undefined, { type });
      expect(value()).toMatchObject({ statuses: [{ type, status: 'delivered' }] });
    }
    expect(simulator.messages().at(-1)?.status).toBe('failed');
  });
});
