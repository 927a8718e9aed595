import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type InboundContent, zApiDeliveryErrors } from '../../../lib/simulator/index.js';
import { zApi, zApiAccount } from './clients.js';
import { control, type Field, sendButtons, startField } from './field.js';

const ana = { name: 'Ana', phone: '5511988880001', lid: '81000000000011@lid' };

describe('A poll in the simulated Z-API', () => {
  let field: Field;
  let pollId: string;
  beforeAll(async () => {
    field = await startField();
    const poll = { phone: ana.phone, message: 'Which day?', poll: [{ name: 'Mon' }, { name: 'Tue' }] };
    await zApi(field.simulator, 'send-poll', poll);
    pollId = field.simulator.messages().at(-1)?.id ?? '';
  });
  afterAll(() => field.close());
  const body = () => field.app.last().json;

  it('gets a vote when an option is pressed', async () => {
    await field.simulator.press(pollId, 'Tue');
    expect(body()).toMatchObject({
      type: 'ReceivedCallback',
      phone: ana.phone,
      pollVote: { pollMessageId: pollId, options: [{ name: 'Tue' }] },
    });
    expect(body()).not.toHaveProperty('listResponseMessage');
    expect(body()).not.toHaveProperty('referenceMessageId');
  });

  it('gets a vote through the HTTP API', async () => {
    const vote = { kind: 'press', messageId: pollId, button: 'Mon' };
    expect(await control(field.simulator, 'POST', '/phones/acts', vote)).toMatchObject({ status: 200 });
    expect(body()).toMatchObject({ pollVote: { options: [{ name: 'Mon' }] } });
  });

  it('gets a reply that quotes it like any message', async () => {
    await field.simulator.type(pollId, 'Neither', { quoting: true });
    expect(body()).toMatchObject({ text: { message: 'Neither' }, referenceMessageId: pollId });
  });

  it('is echoed with its options', async () => {
    await field.simulator.echo(pollId);
    const options = [{ name: 'Mon' }, { name: 'Tue' }];
    expect(body()).toMatchObject({ fromMe: true, poll: { question: 'Which day?', pollMaxOptions: 0, options } });
  });

  it('fails because of its number, not because of its buttons', async () => {
    await field.simulator.deliver(pollId, 'failed');
    expect(body()).toMatchObject({ type: 'DeliveryCallback', error: zApiDeliveryErrors.noSuchNumber });
  });
});

describe('GatewaySimulator.write for Z-API', () => {
  let field: Field;
  beforeAll(async () => {
    field = await startField();
  });
  afterAll(() => field.close());
  const body = () => field.app.last().json;

  it("posts a text with the sender's phone number and lid", async () => {
    await field.simulator.write('z-api', { from: ana, type: 'text', text: 'Hello' });
    expect(body()).toMatchObject({
      type: 'ReceivedCallback',
      instanceId: zApiAccount(field.simulator).instanceId,
      phone: ana.phone,
      chatLid: ana.lid,
      senderName: 'Ana',
      fromMe: false,
      isGroup: false,
      text: { message: 'Hello' },
    });
    expect(body()).not.toHaveProperty('senderLid');
  });

  it.each(['ids', 'id-as-number'] as const)('puts the lid into phone when the person shows %s', async (shows) => {
    await field.simulator.write('z-api', { from: { ...ana, shows }, type: 'text', text: 'Hello' });
    expect(body()).toMatchObject({ phone: ana.lid, chatLid: ana.lid });
    await field.simulator.write('z-api', { from: '82000000000022@lid', type: 'text', text: 'Hello' });
    expect(body()).toMatchObject({ phone: '82000000000022@lid', chatLid: '82000000000022@lid' });
  });

  it('adds senderLid when it is passed in fields', async () => {
    const fields = { senderLid: ana.lid };
    await field.simulator.write('z-api', { from: ana, type: 'text', text: 'Hello' }, { fields });
    expect(body()).toMatchObject({ senderLid: ana.lid });
  });

  it('marks the messages of groups and channels', async () => {
    const hello = { from: { ...ana, shows: 'number' }, type: 'text', text: 'Hello' } as const;
    await field.simulator.write('z-api', { ...hello, group: '120363019502650977-group' });
    expect(body()).toMatchObject({
      isGroup: true,
      phone: '120363019502650977-group',
      participantPhone: ana.phone,
      participantLid: ana.lid,
      chatLid: null,
    });
    await field.simulator.write('z-api', { ...hello, newsletter: '120363000000000018@newsletter' });
    expect(body()).toMatchObject({
      isNewsletter: true,
      isGroup: false,
      phone: '120363000000000018@newsletter',
      senderName: '',
    });
  });

  it.each<[InboundContent, object]>([
    [{ type: 'audio' }, { audio: { ptt: true, audioUrl: expect.any(String), mimeType: 'audio/ogg; codecs=opus' } }],
    [
      { type: 'image', caption: 'This' },
      { image: { imageUrl: expect.any(String), mimeType: 'image/jpeg', caption: 'This' } },
    ],
    [{ type: 'video', url: 'https://files.example/v' }, { video: { videoUrl: 'https://files.example/v' } }],
    [{ type: 'document', filename: 'a.pdf' }, { document: { documentUrl: expect.any(String), fileName: 'a.pdf' } }],
    [{ type: 'sticker' }, { sticker: { stickerUrl: expect.any(String) } }],
    [
      { type: 'reaction', of: 'MSG1', emoji: '👍' },
      { reaction: { value: '👍', referencedMessage: { messageId: 'MSG1' } } },
    ],
    [
      { type: 'poll-vote', of: 'MSG1', options: ['Mon'] },
      { pollVote: { pollMessageId: 'MSG1', options: [{ name: 'Mon' }] } },
    ],
    [{ type: 'location', latitude: 1, longitude: 2 }, { location: { latitude: 1, longitude: 2 } }],
    [
      { type: 'contact', name: 'Bia', phone: '5511988880002' },
      { contact: { displayName: 'Bia', phones: ['5511988880002'] } },
    ],
    [{ type: 'press', id: '', title: 'Yes' }, { buttonsResponseMessage: { buttonId: '', message: 'Yes' } }],
    [
      { type: 'press', id: 'a', title: 'A', kind: 'option' },
      { listResponseMessage: { title: 'A', selectedRowId: 'a' } },
    ],
    [{ type: 'other', fields: { order: { orderId: '1' } } }, { order: { orderId: '1' } }],
  ])('posts %j in its documented form', async (content, told) => {
    await field.simulator.write('z-api', { from: ana, ...content });
    expect(body()).toMatchObject(told);
  });

  it.each<InboundContent>([
    { type: 'revoke', of: 'MSG1' },
    { type: 'flow', response: {} },
    { type: 'changed-number', phone: '1' },
  ])('rejects %j, for which Z-API documents no callback', async (content) => {
    await expect(field.simulator.write('z-api', { from: ana, ...content })).rejects.toThrow(
      'Z-API documents no callback',
    );
  });

  it('posts edits with both ids, and waiting messages before their content', async () => {
    const { simulator } = field;
    await simulator.write('z-api', { from: ana, messageId: 'EDIT1', type: 'edit', of: 'MSG1', text: 'Rua B, 20' });
    expect(body()).toMatchObject({
      isEdit: true,
      messageId: 'MSG1',
      editMessageId: 'EDIT1',
      text: { message: 'Rua B, 20' },
    });
    await simulator.write('z-api', { from: ana, messageId: 'MSG2', type: 'waiting' });
    expect(body()).toMatchObject({ waitingMessage: true, messageId: 'MSG2' });
    expect(body()).not.toHaveProperty('text');
    await simulator.write('z-api', { from: ana, messageId: 'MSG2', type: 'text', text: 'now readable' });
    expect(body()).toMatchObject({ waitingMessage: false, messageId: 'MSG2', text: { message: 'now readable' } });
  });

  it('posts replies to stories, texts without an id, and those of another instance', async () => {
    const { simulator } = field;
    const hello = { from: ana, type: 'text', text: 'Sales' } as const;
    await simulator.write('z-api', { ...hello, storyReply: true });
    expect(body()).toMatchObject({ isStatusReply: true });
    await simulator.write('z-api', { ...hello, messageId: null });
    expect(body()).not.toHaveProperty('messageId');
    await simulator.write('z-api', hello, { heardBy: 'INST2' });
    expect(body()).toMatchObject({ instanceId: 'INST2' });
    expect(field.app.last().headers['z-api-token']).toBe(zApiAccount(simulator).token);
  });

  it('posts presses without a messageId, and by another person', async () => {
    const { simulator } = field;
    const message = await sendButtons(simulator, 'z-api');
    await simulator.press(message.id, 'yes', { messageId: null, by: { phone: '5511988880002', name: 'Bia' } });
    expect(body()).toMatchObject({ phone: '5511988880002', referenceMessageId: message.id, senderName: 'Bia' });
    expect(body()).not.toHaveProperty('messageId');
  });

  it('posts delivery callbacks by zaapId or messageId', async () => {
    const { simulator } = field;
    const message = await sendButtons(simulator, 'z-api');
    await simulator.deliver(message.id, 'failed', zApiDeliveryErrors.buttonTerms, { ids: 'zaap-id-twice' });
    expect(body()).toMatchObject({
      messageId: message.zaapId,
      zaapId: message.zaapId,
      error: zApiDeliveryErrors.buttonTerms,
    });
    await simulator.deliver(message.id, 'failed', zApiDeliveryErrors.noSuchNumber, { ids: 'zaap-id-alone' });
    expect(body()).toMatchObject({ zaapId: message.zaapId });
    expect(body()).not.toHaveProperty('messageId');
    await simulator.deliver(message.id, 'sent', undefined, { byQueue: true });
    expect(body()).toMatchObject({ type: 'DeliveryCallback', messageId: message.id, zaapId: message.zaapId });
    expect(body()).not.toHaveProperty('error');
  });

  it('echoes sent messages with the ids of their buttons', async () => {
    const { simulator } = field;
    const message = await sendButtons(simulator, 'z-api');
    await simulator.echo(message.id);
    expect(body()).toMatchObject({
      fromMe: true,
      fromApi: true,
      messageId: message.id,
      buttonsMessage: {
        message: message.text,
        buttons: [{ buttonId: 'yes', buttonText: { displayText: 'Yes' } }, { buttonId: 'no' }],
      },
    });
    await zApi(simulator, 'send-text', { phone: '5511999999999', message: 'Only words' });
    await simulator.echo(simulator.messages().at(-1)?.id ?? '');
    expect(body()).toMatchObject({ fromMe: true, text: { message: 'Only words' } });
    await zApi(simulator, 'send-button-actions', {
      phone: '5511999999999',
      message: 'Both',
      buttonActions: [
        { type: 'REPLY', id: 'r', label: 'Reply' },
        { type: 'URL', url: 'https://example.com', label: 'Open' },
      ],
    });
    await simulator.echo(simulator.messages().at(-1)?.id ?? '');
    expect(body()).toMatchObject({
      hydratedTemplate: {
        message: 'Both',
        hydratedButtons: [
          { quickReplyButton: { displayText: 'Reply', id: 'r' } },
          { urlButton: { displayText: 'Open' } },
        ],
      },
    });
  });
});
