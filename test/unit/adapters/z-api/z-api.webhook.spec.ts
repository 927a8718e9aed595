import { describe, expect, it } from '@jest/globals';
import { zPress, zReceived, zText } from '../../../integration/webhooks/fixtures.js';
import { bare, eventIn, eventsIn, hintsIn } from '../../../support/parsed-events.js';

type Fields = Record<string, unknown>;

const FROM = { phone: '5544999999999', lid: '81896604192873@lid', name: 'Nome' };
const ID = '3EB0C767D26A1B4C1D12';
const ANSWER = { kind: 'button-reply', from: FROM, messageId: ID };
const MESSAGE = { kind: 'message', from: FROM, messageId: ID };

describe('Z-API webhook: button replies', () => {
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
  ])('parses the list choice %j as the button %j', (given, button) =>
    expect(bare(choice(given))).toEqual([{ ...ANSWER, button }]),
  );

  it('parses an empty button response as a button reply', () => {
    expect(bare(eventsIn('z', zReceived({ buttonsResponseMessage: {} })))).toEqual([
      { ...ANSWER, button: { id: '', title: '' } },
    ]);
  });

  it('derives a stable message ID from the content when none is given', () => {
    const idOf = (more: Fields) => {
      const event = eventIn('z', zPress({ messageId: '', ...more }));
      return event.kind === 'button-reply' ? event.messageId : undefined;
    };
    expect(idOf({})).toMatch(/^callback-/);
    expect(idOf({})).toBe(idOf({}));
    expect(idOf({})).not.toBe(idOf({ momment: 1 }));
  });
});

describe('Z-API webhook: sender', () => {
  const group = { phone: '120363019502650977-group', isGroup: true };

  it.each<[what: string, more: Fields, sender: object]>([
    ['a person', {}, FROM],
    ['a person without name and LID', { senderName: '', senderLid: null }, { phone: '5544999999999' }],
    ['a person whose LID only the chat gives', { senderLid: null, chatLid: '7@lid' }, { ...FROM, lid: '7@lid' }],
    ['a person by a LID in place of the number', { phone: '9@lid' }, { lid: '9@lid', name: 'Nome' }],
    ['a person whose LID digits are given as the number', { phone: '81896604192873' }, { lid: FROM.lid, name: 'Nome' }],
    ['no identifiers as an empty sender', { phone: '', senderName: '', senderLid: '' }, {}],
    ['a person whose name is given as the number', { phone: 'Ana' }, { lid: FROM.lid, name: 'Nome' }],
    [
      'a group member by a LID given as the number',
      { ...group, participantPhone: '1@lid', participantLid: '2@lid' },
      { lid: '1@lid', group: group.phone, name: 'Nome' },
    ],
    [
      'a group member without the LID of the chat',
      { ...group, participantPhone: '55', participantLid: '2@lid', chatLid: '3@lid' },
      { phone: '55', lid: '2@lid', group: group.phone, name: 'Nome' },
    ],
    [
      'a group member of a group recognizable only by its ID',
      { phone: '120363019502650977-group', participantPhone: '55' },
      { phone: '55', group: group.phone, name: 'Nome' },
    ],
    [
      'a group member of a group with an unknown ID format',
      { ...group, phone: 'g-group', participantPhone: '55' },
      { phone: '55', group: 'g-group', name: 'Nome' },
    ],
    [
      'a person in a group without an ID',
      { phone: '', isGroup: true, participantPhone: '55' },
      { phone: '55', name: 'Nome' },
    ],
  ])('parses %s', (_what, more, sender) => {
    expect(bare(eventsIn('z', zText('Hi', more)))).toStrictEqual([
      { kind: 'text-message', text: 'Hi', from: sender, messageId: ID },
    ]);
  });
});

describe('Z-API webhook: posts, echoes, edits and story replies', () => {
  it.each<[what: string, more: Fields]>([
    ['a channel post', { isNewsletter: true }],
    ['a channel post by its address', { phone: '12@newsletter' }],
    ['a status post', { phone: 'status@broadcast' }],
    ['a post of a broadcast list', { phone: '5511-broadcast' }],
    ['a message that is still awaited', { waitingMessage: true }],
    ['an echo without buttons', { fromMe: true }],
    ['an echo without an ID', { fromMe: true, messageId: '', buttonsMessage: { buttons: [{ buttonId: 'a' }] } }],
    [
      'an echo whose buttons are not an array',
      { fromMe: true, buttonsMessage: { buttons: 'a' }, hydratedTemplate: 'x' },
    ],
  ])('ignores %s', (_what, more) => expect(eventsIn('z', zPress(more))).toEqual([]));

  it('parses an echo with its recipient and reply button IDs, without participants', () => {
    const buttonsMessage = { buttons: [{ buttonId: 'a' }, { buttonId: '' }, 'x', { buttonId: 'b' }] };
    const hydratedTemplate = { hydratedButtons: [{ quickReplyButton: { id: 'c' } }, { urlButton: { url: 'u' } }] };
    const more = { fromMe: true, participantPhone: '77', participantLid: '7@lid', buttonsMessage, hydratedTemplate };
    expect(bare(eventsIn('z', zReceived(more)))).toStrictEqual([
      { kind: 'echo', to: FROM, messageId: ID, buttonIds: ['a', 'b', 'c'] },
    ]);
  });

  it.each<[what: string, more: Fields, found: object]>([
    ['a text', { text: { message: 'New' } }, { text: 'New' }],
    ['an image caption', { image: { caption: 'New' } }, { text: 'New' }],
    ['a video caption', { video: { caption: 'New' } }, { text: 'New' }],
    ['another content', { location: {} }, {}],
  ])('parses an edit of %s with its own ID and the new text', (_what, more, found) => {
    const body = zReceived({ isEdit: true, editMessageId: 'EDIT', referenceMessageId: 'M0', ...more });
    expect(bare(eventsIn('z', body))).toStrictEqual([
      { ...MESSAGE, type: 'edit', messageId: 'EDIT', inReplyTo: ID, ...found },
    ]);
  });

  it('derives a message ID for an edit without one', () => {
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
  ])('marks a reply to a story as notPrivate (row %#)', (body, hints) => {
    expect(hintsIn('z', body)).toEqual(hints);
  });
});

describe('Z-API webhook: messages', () => {
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
    [
      'pollVote',
      { pollMessageId: 'M1', options: [{ name: 'Monday' }, {}, { name: 'Tuesday' }] },
      { type: 'poll', inReplyTo: 'M1', text: 'Monday\nTuesday' },
    ],
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
  ])('parses %s %j as %j', (field, content, found) => {
    expect(bare(eventsIn('z', zReceived({ [field]: content })))).toStrictEqual([{ ...MESSAGE, ...found }]);
  });

  it('reads inReplyTo from the quote, or from the content of a reaction', () => {
    const quoting = (more: Fields) => bare(eventsIn('z', zReceived({ referenceMessageId: 'M0', ...more })));
    expect(quoting({ audio: {} })).toStrictEqual([{ ...MESSAGE, type: 'audio', inReplyTo: 'M0', media: {} }]);
    expect(quoting({ reaction: referenced })).toStrictEqual([{ ...MESSAGE, type: 'reaction', inReplyTo: 'M1' }]);
  });

  it.each([
    ['REVOKE', { type: 'revoke', inReplyTo: ID }],
    ['GROUP_PARTICIPANT_ADD', { type: 'system', text: 'GROUP_PARTICIPANT_ADD' }],
  ])('distinguishes WhatsApp notices of type %s by all their fields', (notification, found) => {
    const body = zReceived({ notification });
    expect(bare(eventsIn('z', body))).toStrictEqual([{ ...MESSAGE, ...found }]);
    expect(hintsIn('z', body)).not.toEqual(hintsIn('z', { ...body, notificationParameters: ['55'] }));
  });
});
