import { describe, expect, it } from '@jest/globals';
import { zPress, zReceived, zText } from '../../../integration/webhooks/fixtures.js';
import { bare, eventIn, eventsIn, hintsIn } from '../../../support/parsed-events.js';

type Fields = Record<string, unknown>;

const FROM = { phone: '5544999999999', lid: '81896604192873@lid', name: 'Nome' };
const ID = '3EB0C767D26A1B4C1D12';
const ANSWER = { kind: 'button-reply', from: FROM, messageId: ID };
const MESSAGE = { kind: 'message', from: FROM, messageId: ID };

describe('A press at Z-API', () => {
  const choice = (listResponseMessage: object) => eventsIn('z', zReceived({ listResponseMessage }));

  it.each<[object, object]>([
    [
      { selectedRowId: 'a', title: 'A', message: 'B' },
      { id: 'a', title: 'A' },
    ],
    [
      { selectedRowId: 'a', message: 'B' },
      { id: 'a', title: 'B' },
    ],
    [
      { title: '', message: 'B' },
      { id: '', title: 'B' },
    ],
    [{}, { id: '', title: '' }],
  ])('the choice %j is %j', (given, button) => expect(bare(choice(given))).toEqual([{ ...ANSWER, button }]));

  it('that says nothing is a press', () => {
    expect(bare(eventsIn('z', zReceived({ buttonsResponseMessage: {} })))).toEqual([
      { ...ANSWER, button: { id: '', title: '' } },
    ]);
  });

  it('without an id has one of its own, the same in every repetition and in no other callback', () => {
    const idOf = (more: Fields) => {
      const event = eventIn('z', zPress({ messageId: '', ...more }));
      return event.kind === 'button-reply' ? event.messageId : undefined;
    };
    expect(idOf({})).toMatch(/^callback-/);
    expect(idOf({})).toBe(idOf({}));
    expect(idOf({})).not.toBe(idOf({ momment: 1 }));
  });
});

describe('Who wrote at Z-API', () => {
  const group = { phone: '120363019502650977-group', isGroup: true };

  it.each<[what: string, more: Fields, sender: object]>([
    ['a person', {}, FROM],
    ['a person without a name and a lid', { senderName: '', senderLid: null }, { phone: '5544999999999' }],
    ['a person whose lid only the chat names', { senderLid: null, chatLid: '7@lid' }, { ...FROM, lid: '7@lid' }],
    ['a person by a lid in the place of the number', { phone: '9@lid' }, { lid: '9@lid', name: 'Nome' }],
    [
      'a person whose lid stands in the place of the number',
      { phone: '81896604192873' },
      { lid: FROM.lid, name: 'Nome' },
    ],
    ['nobody', { phone: '', senderName: '', senderLid: '' }, {}],
    ['a person whose name stands in the place of the number', { phone: 'Ana' }, { lid: FROM.lid, name: 'Nome' }],
    [
      'a person in a group known only by the lid in the place of the number',
      { ...group, participantPhone: '1@lid', participantLid: '2@lid' },
      { lid: '1@lid', group: group.phone, name: 'Nome' },
    ],
    [
      'a person in a group, and not whom the chat names',
      { ...group, participantPhone: '55', participantLid: '2@lid', chatLid: '3@lid' },
      { phone: '55', lid: '2@lid', group: group.phone, name: 'Nome' },
    ],
    [
      'a person in a group that only its id shows',
      { phone: '120363019502650977-group', participantPhone: '55' },
      { phone: '55', group: group.phone, name: 'Nome' },
    ],
    [
      'a person in a group of an unknown form',
      { ...group, phone: 'g-group', participantPhone: '55' },
      { phone: '55', group: 'g-group', name: 'Nome' },
    ],
    ['a person in no group', { phone: '', isGroup: true, participantPhone: '55' }, { phone: '55', name: 'Nome' }],
  ])('it was %s', (_what, more, sender) => {
    expect(bare(eventsIn('z', zText('Hi', more)))).toStrictEqual([
      { kind: 'text-message', text: 'Hi', from: sender, messageId: ID },
    ]);
  });
});

describe('What is no answer at Z-API', () => {
  it.each<[what: string, more: Fields]>([
    ["a channel's post", { isNewsletter: true }],
    ["a channel's post by its address", { phone: '12@newsletter' }],
    ['a status post', { phone: 'status@broadcast' }],
    ["a broadcast list's", { phone: '5511-broadcast' }],
    ['what is still to come', { waitingMessage: true }],
    ['an echo without buttons', { fromMe: true }],
    ['an echo without an id', { fromMe: true, messageId: '', buttonsMessage: { buttons: [{ buttonId: 'a' }] } }],
    ['an echo whose buttons are none', { fromMe: true, buttonsMessage: { buttons: 'a' }, hydratedTemplate: 'x' }],
  ])('%s is no event', (_what, more) => expect(eventsIn('z', zPress(more))).toEqual([]));

  it('an echo names its recipient and its reply buttons, and nobody who took part', () => {
    const buttonsMessage = { buttons: [{ buttonId: 'a' }, { buttonId: '' }, 'x', { buttonId: 'b' }] };
    const hydratedTemplate = { hydratedButtons: [{ quickReplyButton: { id: 'c' } }, { urlButton: { url: 'u' } }] };
    const more = { fromMe: true, participantPhone: '77', participantLid: '7@lid', buttonsMessage, hydratedTemplate };
    expect(bare(eventsIn('z', zReceived(more)))).toStrictEqual([
      { kind: 'echo', to: FROM, messageId: ID, buttonIds: ['a', 'b', 'c'] },
    ]);
  });

  it.each<[what: string, more: Fields, found: object]>([
    ['a text', { text: { message: 'New' } }, { text: 'New' }],
    ['the words under a picture', { image: { caption: 'New' } }, { text: 'New' }],
    ['the words under a film', { video: { caption: 'New' } }, { text: 'New' }],
    ['something else', { location: {} }, {}],
  ])('an edit of %s has an id of its own, and what it says', (_what, more, found) => {
    const body = zReceived({ isEdit: true, editMessageId: 'EDIT', referenceMessageId: 'M0', ...more });
    expect(bare(eventsIn('z', body))).toStrictEqual([
      { ...MESSAGE, type: 'edit', messageId: 'EDIT', inReplyTo: ID, ...found },
    ]);
  });

  it('an edit without an id of its own gets one', () => {
    expect(eventIn('z', zText('New', { isEdit: true }))).toMatchObject({
      messageId: expect.stringMatching(/^callback-/),
      inReplyTo: ID,
    });
  });

  it.each([
    [zText('1', { isStatusReply: true }), { notPrivate: true }],
    [zPress({ isStatusReply: true }), { notPrivate: true }],
    [zReceived({ audio: {}, isStatusReply: true }), { notPrivate: true }],
    [zText('1'), {}],
  ])('an answer to a story did not happen in the chat: row %#', (body, hints) => {
    expect(hintsIn('z', body)).toEqual(hints);
  });
});

describe('A message at Z-API', () => {
  const file = { mimeType: 'image/png', fileName: 'a.png', caption: 'Look' };
  const media = { mimeType: 'image/png', filename: 'a.png' };
  const referenced = { referencedMessage: { messageId: 'M1' } };

  it.each<[field: string, content: object, found: object]>([
    ['image', { imageUrl: 'u', ...file }, { type: 'image', text: 'Look', media: { url: 'u', ...media } }],
    ['image', {}, { type: 'image', media: {} }],
    ['video', { videoUrl: 'u' }, { type: 'video', media: { url: 'u' } }],
    ['ptv', { ptvUrl: 'u' }, { type: 'video', media: { url: 'u' } }],
    ['audio', { audioUrl: 'u', mimetype: 'audio/ogg' }, { type: 'audio', media: { url: 'u', mimeType: 'audio/ogg' } }],
    ['document', { documentUrl: 'u' }, { type: 'document', media: { url: 'u' } }],
    ['sticker', { stickerUrl: 'u' }, { type: 'sticker', media: { url: 'u' } }],
    ['location', { name: 'Home', address: 'Rua' }, { type: 'location', text: 'Home' }],
    ['location', { address: 'Rua' }, { type: 'location', text: 'Rua' }],
    ['contact', { displayName: 'Bea' }, { type: 'contacts', text: 'Bea' }],
    ['reaction', { value: '👍', ...referenced }, { type: 'reaction', text: '👍', inReplyTo: 'M1' }],
    ['order', { message: 'Two' }, { type: 'order', text: 'Two' }],
    ['poll', { question: 'Which?' }, { type: 'poll', text: 'Which?' }],
    ['pollVote', { pollMessageId: 'M1' }, { type: 'poll', inReplyTo: 'M1' }],
    ['buttonsMessage', { message: 'Hi' }, { type: 'buttons', text: 'Hi' }],
    ['hydratedTemplate', { message: 'Hi' }, { type: 'template', text: 'Hi' }],
    ['pinMessage', referenced, { type: 'pin', inReplyTo: 'M1' }],
    ['eventResponse', referenced, { type: 'event', inReplyTo: 'M1' }],
    ['event', { name: 'Party' }, { type: 'event', text: 'Party' }],
    ['pixKeyMessage', {}, { type: 'pix' }],
    ['product', {}, { type: 'product' }],
    ['reviewAndPay', {}, { type: 'order' }],
    ['reviewOrder', {}, { type: 'order' }],
    ['requestPayment', {}, { type: 'payment' }],
    ['sendPayment', {}, { type: 'payment' }],
    ['carouselMessage', { text: 'Look' }, { type: 'carousel', text: 'Look' }],
    ['teleport', {}, { type: 'unsupported' }],
  ])('with %s %j is %j', (field, content, found) => {
    expect(bare(eventsIn('z', zReceived({ [field]: content })))).toStrictEqual([{ ...MESSAGE, ...found }]);
  });

  it('that quotes says what; a reaction names what it concerns itself', () => {
    const quoting = (more: Fields) => bare(eventsIn('z', zReceived({ referenceMessageId: 'M0', ...more })));
    expect(quoting({ audio: {} })).toStrictEqual([{ ...MESSAGE, type: 'audio', inReplyTo: 'M0', media: {} }]);
    expect(quoting({ reaction: referenced })).toStrictEqual([{ ...MESSAGE, type: 'reaction', inReplyTo: 'M1' }]);
  });

  it.each([
    ['REVOKE', { type: 'revoke', inReplyTo: ID }],
    ['GROUP_PARTICIPANT_ADD', { type: 'system', text: 'GROUP_PARTICIPANT_ADD' }],
  ])("with WhatsApp's notice %s is told from others by all that it says", (notification, found) => {
    const body = zReceived({ notification });
    expect(bare(eventsIn('z', body))).toStrictEqual([{ ...MESSAGE, ...found }]);
    expect(hintsIn('z', body)).not.toEqual(hintsIn('z', { ...body, notificationParameters: ['55'] }));
  });
});
