import { describe, expect, it } from '@jest/globals';
import { chatvoltFailure } from '../../../../lib/adapters/chatvolt/chatvolt.webhook.js';
import { volt, voltWords } from '../../../integration/webhooks/fixtures.js';
import { bare, eventIn, eventsIn, hintsIn } from '../../../support/parsed-events.js';

type Fields = Record<string, unknown>;

const FROM = { conversation: 'conv-456', phone: '5511999999999', name: 'João Silva' };
const ID = 'msg-789';

describe('Chatvolt webhook: customer messages', () => {
  it('parses a message with a button ID as a button reply', () => {
    expect(bare(eventsIn('c', voltWords('Sales', { buttonId: 'b1' })))).toEqual([
      { kind: 'button-reply', from: FROM, messageId: ID, button: { id: 'b1', title: 'Sales' } },
    ]);
  });

  it.each<[what: string, more: Fields, from: object]>([
    ['no identifiers as an empty sender', { conversationId: '', userPhone: undefined, userName: null }, {}],
    [
      'userPhoneNumber as the phone number',
      { userPhone: undefined, userPhoneNumber: '+55 11 98888-0001' },
      { ...FROM, phone: '5511988880001' },
    ],
    ['a LID as the LID', { userPhone: '5@lid' }, { conversation: 'conv-456', lid: '5@lid', name: 'João Silva' }],
    [
      'a group address without a phone number',
      { userPhone: '1203630195@g.us' },
      { conversation: 'conv-456', name: 'João Silva' },
    ],
  ])('parses %s', (_what, more, from) => {
    expect(bare(eventsIn('c', voltWords('Hi', more)))).toStrictEqual([
      { kind: 'text-message', from, messageId: ID, text: 'Hi' },
    ]);
  });

  it('derives a stable message ID from the content when none is given', () => {
    const idOf = (words: string) => {
      const event = eventIn('c', voltWords(words, { messageId: '' }));
      return event.kind === 'text-message' ? event.messageId : undefined;
    };
    expect(idOf('Hi')).toMatch(/^callback-/);
    expect(idOf('Hi')).toBe(idOf('Hi'));
    expect(idOf('Hi')).not.toBe(idOf('Ho'));
  });

  it.each<[words: string, hints: object]>([
    ['One\n\nTwo', { parts: ['One', 'Two'] }],
    ['One\n \n\nTwo\n\nThree', { parts: ['One', 'Two', 'Three'] }],
    ['One\nTwo', {}],
  ])('splits %j into parts at blank lines', (words, hints) => {
    expect(hintsIn('c', voltWords(words))).toEqual(hints);
  });

  it.each<[what: string, body: Fields, isPrivate: boolean]>([
    ['WhatsApp', voltWords('1', { channel: 'whatsapp' }), true],
    ['Z-API', voltWords('1', { channel: 'zapi' }), true],
    ['Zapper', voltWords('1', { channel: 'Zapper_Cloud' }), true],
    ['an unnamed channel', voltWords('1', { channel: undefined }), true],
    ['the website', voltWords('1', { channel: 'website' }), false],
    ['a group', volt('GROUP_MESSAGE_RECEIVED', { userMessage: '1' }), false],
  ])('marks a message from %s as notPrivate unless it is a private chat (row %#)', (_what, body, isPrivate) => {
    expect(hintsIn('c', body)).toEqual(isPrivate ? {} : { notPrivate: true });
  });

  it('parses a group message with the group and its author', () => {
    expect(bare(eventsIn('c', volt('GROUP_MESSAGE_RECEIVED', { userMessage: 'Hi' })))).toStrictEqual([
      { kind: 'text-message', from: { ...FROM, group: 'conv-456' }, messageId: ID, text: 'Hi' },
    ]);
    const nowhere = volt('GROUP_MESSAGE_RECEIVED', { userMessage: 'Hi', conversationId: '' });
    expect(eventIn('c', nowhere)).toMatchObject({ from: { phone: FROM.phone } });
  });
});

describe('Chatvolt webhook: files', () => {
  it.each<[file: Fields, found: object]>([
    [
      { url: 'u', mimeType: 'image/png', name: 'a.png' },
      { type: 'image', media: { url: 'u', mimeType: 'image/png', filename: 'a.png' } },
    ],
    [{ mimeType: 'audio/ogg' }, { type: 'audio', media: { mimeType: 'audio/ogg' } }],
    [{ mimeType: 'application/pdf' }, { type: 'document', media: { mimeType: 'application/pdf' } }],
    [{}, { type: 'document', media: {} }],
  ])('parses the attachment %j by its MIME type', (file, found) => {
    const body = (more: Fields) => volt('USER_MESSAGE_RECEIVED', { attachments: ['x', file], ...more });
    const message = { kind: 'message', from: FROM, messageId: ID, ...found };
    expect(bare(eventsIn('c', body({})))).toStrictEqual([message]);
    expect(bare(eventsIn('c', body({ userMessage: 'Look' })))).toStrictEqual([{ ...message, text: 'Look' }]);
  });
});

describe('Chatvolt webhook: message statuses', () => {
  it.each<[eventType: string, category: string, hints: object]>([
    ['AGENT_MESSAGE_BLOCKED', 'window-closed', {}],
    ['AGENT_MESSAGE_NOTED', 'request', { otherwise: 'AGENT_MESSAGE_NOTED' }],
  ])('parses %s as a failed status', (eventType, category, hints) => {
    const body = volt(eventType, { conversationId: '', userPhone: '', userName: '' });
    expect(bare(eventsIn('c', body))).toStrictEqual([
      {
        kind: 'message-status',
        status: 'failed',
        messageIds: [ID],
        code: eventType,
        reason: expect.any(String),
        category,
        errors: [{ code: eventType, message: expect.any(String) }],
      },
    ]);
    expect(hintsIn('c', body)).toEqual(hints);
  });
});

describe('Chatvolt webhook: other events', () => {
  it.each<[what: string, type: string, body: Fields]>([
    ['a message without text', 'USER_MESSAGE_RECEIVED', volt('USER_MESSAGE_RECEIVED')],
    ['a message of the agent', 'AGENT_MESSAGE_SENDED', volt('AGENT_MESSAGE_SENDED', { userMessage: 'Hi' })],
    [
      'a rejection without a message ID',
      'AGENT_MESSAGE_BLOCKED',
      volt('AGENT_MESSAGE_BLOCKED', { messageId: undefined }),
    ],
  ])('passes %s on as kind other, with its type', (_what, type, body) => {
    expect(bare(eventsIn('c', body))).toEqual([{ kind: 'other', type }]);
    expect(hintsIn('c', body)).toEqual({ repeatKey: expect.stringMatching(/^callback-/) });
  });
});

describe('chatvoltFailure', () => {
  it('returns the same failure as the status event', () => {
    const event = eventIn('c', volt('AGENT_MESSAGE_BLOCKED', { messageId: 'm' }));
    expect(event).toMatchObject({ kind: 'message-status', ...chatvoltFailure('AGENT_MESSAGE_BLOCKED') });
  });

  it('returns undefined for an event type that is not a failure', () => {
    expect(chatvoltFailure('USER_MESSAGE_RECEIVED')).toBeUndefined();
  });
});
