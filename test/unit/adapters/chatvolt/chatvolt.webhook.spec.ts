import { describe, expect, it } from '@jest/globals';
import { chatvoltFailure } from '../../../../lib/adapters/chatvolt/chatvolt.webhook.js';
import { volt, voltWords } from '../../../integration/webhooks/fixtures.js';
import { bare, eventIn, eventsIn, hintsIn } from '../../../support/parsed-events.js';

type Fields = Record<string, unknown>;

const FROM = { conversation: 'conv-456', phone: '5511999999999', name: 'João Silva' };
const ID = 'msg-789';

describe("A customer's words at Chatvolt", () => {
  it('are a press if a button is named', () => {
    expect(bare(eventsIn('c', voltWords('Sales', { buttonId: 'b1' })))).toEqual([
      { kind: 'button-reply', from: FROM, messageId: ID, button: { id: 'b1', title: 'Sales' } },
    ]);
  });

  it.each<[what: string, more: Fields, from: object]>([
    ['nobody in particular', { conversationId: '', userPhone: undefined, userName: null }, {}],
    [
      'somebody by another field',
      { userPhone: undefined, userPhoneNumber: '+55 11 98888-0001' },
      { ...FROM, phone: '5511988880001' },
    ],
    ['somebody by the lid', { userPhone: '5@lid' }, { conversation: 'conv-456', lid: '5@lid', name: 'João Silva' }],
    ['a person, and no group', { userPhone: '1203630195@g.us' }, { conversation: 'conv-456', name: 'João Silva' }],
  ])('are of %s', (_what, more, from) => {
    expect(bare(eventsIn('c', voltWords('Hi', more)))).toStrictEqual([
      { kind: 'text-message', from, messageId: ID, text: 'Hi' },
    ]);
  });

  it('without an id have one of their own, the same in every repetition and for no other words', () => {
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
  ])('%j are of several messages if a blank line is between them', (words, hints) => {
    expect(hintsIn('c', voltWords(words))).toEqual(hints);
  });

  it.each<[what: string, body: Fields, isPrivate: boolean]>([
    ['WhatsApp', voltWords('1', { channel: 'whatsapp' }), true],
    ['Z-API', voltWords('1', { channel: 'zapi' }), true],
    ['Zapper', voltWords('1', { channel: 'Zapper_Cloud' }), true],
    ['no channel that is named', voltWords('1', { channel: undefined }), true],
    ['the website', voltWords('1', { channel: 'website' }), false],
    ['a group', volt('GROUP_MESSAGE_RECEIVED', { userMessage: '1' }), false],
  ])('on %s are of the private chat or are not: row %#', (_what, body, isPrivate) => {
    expect(hintsIn('c', body)).toEqual(isPrivate ? {} : { notPrivate: true });
  });

  it('in a group are of the group and of who wrote', () => {
    expect(bare(eventsIn('c', volt('GROUP_MESSAGE_RECEIVED', { userMessage: 'Hi' })))).toStrictEqual([
      { kind: 'text-message', from: { ...FROM, group: 'conv-456' }, messageId: ID, text: 'Hi' },
    ]);
    const nowhere = volt('GROUP_MESSAGE_RECEIVED', { userMessage: 'Hi', conversationId: '' });
    expect(eventIn('c', nowhere)).toMatchObject({ from: { phone: FROM.phone } });
  });
});

describe('A file at Chatvolt', () => {
  it.each<[file: Fields, found: object]>([
    [
      { url: 'u', mimeType: 'image/png', name: 'a.png' },
      { type: 'image', media: { url: 'u', mimeType: 'image/png', filename: 'a.png' } },
    ],
    [{ mimeType: 'audio/ogg' }, { type: 'audio', media: { mimeType: 'audio/ogg' } }],
    [{ mimeType: 'application/pdf' }, { type: 'document', media: { mimeType: 'application/pdf' } }],
    [{}, { type: 'document', media: {} }],
  ])('%j is a message', (file, found) => {
    const body = (more: Fields) => volt('USER_MESSAGE_RECEIVED', { attachments: ['x', file], ...more });
    const message = { kind: 'message', from: FROM, messageId: ID, ...found };
    expect(bare(eventsIn('c', body({})))).toStrictEqual([message]);
    expect(bare(eventsIn('c', body({ userMessage: 'Look' })))).toStrictEqual([{ ...message, text: 'Look' }]);
  });
});

describe('What became of a message at Chatvolt', () => {
  it.each<[eventType: string, category: string, hints: object]>([
    ['AGENT_MESSAGE_BLOCKED', 'window-closed', {}],
    ['AGENT_MESSAGE_NOTED', 'request', { otherwise: 'AGENT_MESSAGE_NOTED' }],
  ])('%s of it is a failure', (eventType, category, hints) => {
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

describe('What else Chatvolt tells', () => {
  it.each<[what: string, type: string, body: Fields]>([
    ['no words', 'USER_MESSAGE_RECEIVED', volt('USER_MESSAGE_RECEIVED')],
    ["the agent's words", 'AGENT_MESSAGE_SENDED', volt('AGENT_MESSAGE_SENDED', { userMessage: 'Hi' })],
    ['a refusal without an id', 'AGENT_MESSAGE_BLOCKED', volt('AGENT_MESSAGE_BLOCKED', { messageId: undefined })],
  ])('%s are handed on by their name', (_what, type, body) => {
    expect(bare(eventsIn('c', body))).toEqual([{ kind: 'other', type }]);
    expect(hintsIn('c', body)).toEqual({ repeatKey: expect.stringMatching(/^callback-/) });
  });
});

describe('What a type of event says of a failure', () => {
  it('is the same as on its status', () => {
    const event = eventIn('c', volt('AGENT_MESSAGE_BLOCKED', { messageId: 'm' }));
    expect(event).toMatchObject({ kind: 'message-status', ...chatvoltFailure('AGENT_MESSAGE_BLOCKED') });
  });

  it('is nothing for a type that tells of none', () => {
    expect(chatvoltFailure('USER_MESSAGE_RECEIVED')).toBeUndefined();
  });
});
