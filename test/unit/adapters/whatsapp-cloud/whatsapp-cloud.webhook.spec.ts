import { describe, expect, it } from '@jest/globals';
import {
  meta,
  metaBatch,
  metaChange,
  metaMessage,
  metaPress,
  metaStatus,
  metaText,
} from '../../../integration/webhooks/fixtures.js';
import { bare, eventIn, eventsIn, parsed } from '../../../support/parsed-events.js';

type Fields = Record<string, unknown>;

const FROM = { phone: '5511999999999', name: 'Ana' };
const ID = 'wamid.ANSWER1';

describe('Cloud API webhook: body', () => {
  const OF_NUMBER = (number: unknown) => ({
    entry: [{ changes: [{ value: { metadata: { phone_number_id: number }, messages: [metaText('Hi')] } }] }],
  });

  it.each<[number: unknown, account: string]>([
    ['106540352242922', 'w'],
    ['2', 'same-app'],
    ['', 'w'],
    [undefined, 'w'],
  ])('assigns a body of phone number ID %j to account %s', (number, account) => {
    const { events, foreign } = parsed('w', OF_NUMBER(number));
    expect([events.map((event) => event.account), foreign]).toEqual([[account], []]);
  });

  it.each([
    ['w', '3', 'whose app has another secret'],
    ['w', '4', 'that has no secret'],
    ['w', '5', 'that does not exist'],
    ['no-app', '3', 'that proves nothing'],
  ])('reports for %s phone number ID %s as foreign: an account %s', (account, number) => {
    expect(parsed(account, OF_NUMBER(number))).toEqual({
      events: [],
      foreign: ['its phone_number_id is not the account’s'],
    });
  });

  it('assigns a body to the second account of a number when it arrived there', () => {
    expect(eventIn('same-number', OF_NUMBER('106540352242922')).account).toBe('same-number');
  });

  it('parses all entries and changes in order', () => {
    const change = metaChange([metaText('1'), metaPress('b', 'B')], [metaStatus('read')]);
    const body = metaBatch(
      [change, { field: 'x' }],
      [metaChange([metaText('2')]), metaChange([], [metaStatus('sent')])],
    );
    expect(eventsIn('w', body).map(({ kind }) => kind)).toEqual([
      'text-message',
      'button-reply',
      'message-status',
      'text-message',
      'message-status',
    ]);
  });

  it('ignores entries and changes that are not objects', () => {
    expect(eventsIn('w', { entry: ['x', null, { changes: ['x', null, { value: 'x' }] }] })).toEqual([]);
  });
});

describe('Cloud API webhook: messages', () => {
  it.each<[what: string, message: unknown]>([
    ['without an ID', metaText('Hi', { id: undefined })],
    ['with an ID that is not a string', metaText('Hi', { id: 5 })],
    ['that is not an object', 'wamid.X'],
  ])('ignores a message %s', (_what, message) => {
    expect(eventsIn('w', { entry: [{ changes: [{ value: { messages: [message] } }] }] })).toEqual([]);
  });

  it.each<[what: string, message: Fields, found: object]>([
    ['of type text without text', metaMessage({ type: 'text' }), { kind: 'text-message', text: '' }],
    ['with text but of another type', metaText('Hi', { type: 'image' }), { type: 'image', media: {} }],
    ['of type button without a button', metaMessage({ type: 'button' }), { type: 'button' }],
    [
      'with a button but of another type',
      metaMessage({ type: 'x', button: { payload: 'a', text: 'A' } }),
      { type: 'x' },
    ],
    ['of type interactive without a reply', metaMessage({ type: 'interactive' }), { type: 'unsupported' }],
    ['with a reply but of another type', metaPress('a', 'A', { type: 'x', context: undefined }), { type: 'x' }],
    ['without a type', metaMessage(), { type: 'unsupported' }],
    ['of type unknown', metaMessage({ type: 'unknown' }), { type: 'unsupported' }],
    [
      'with a file',
      metaMessage({
        type: 'document',
        document: { id: '7', link: 'u', mime_type: 'a/b', filename: 'a.b', caption: 'C' },
      }),
      { type: 'document', media: { id: '7', url: 'u', mimeType: 'a/b', filename: 'a.b' }, text: 'C' },
    ],
    ['with an image', metaMessage({ type: 'image', image: { url: 'u' } }), { type: 'image', media: { url: 'u' } }],
    [
      'with a reaction',
      metaMessage({ type: 'reaction', reaction: { message_id: 'M1', emoji: '👍' } }),
      { type: 'reaction', inReplyTo: 'M1', text: '👍' },
    ],
    [
      'with a removed reaction',
      metaMessage({ type: 'reaction', reaction: { message_id: 'M1' } }),
      { type: 'reaction', inReplyTo: 'M1' },
    ],
    [
      'that revokes another',
      metaMessage({ type: 'revoke', revoke: { original_message_id: 'M1' } }),
      { type: 'revoke', inReplyTo: 'M1' },
    ],
    ['with an order', metaMessage({ type: 'order', order: { text: 'Two' } }), { type: 'order', text: 'Two' }],
    ['of type system', metaMessage({ type: 'system', system: { body: 'New' } }), { type: 'system', text: 'New' }],
    ['of type system without text', metaMessage({ type: 'system' }), { type: 'system' }],
    [
      'with a named location',
      metaMessage({ type: 'location', location: { name: 'Home' } }),
      { type: 'location', text: 'Home' },
    ],
    [
      'with an address only',
      metaMessage({ type: 'location', location: { address: 'Rua' } }),
      { type: 'location', text: 'Rua' },
    ],
    [
      'with a call permission reply',
      metaMessage({ type: 'interactive', interactive: { type: 'call_permission_reply' } }),
      { type: 'call-permission' },
    ],
    ['of a new interactive type', metaMessage({ type: 'interactive', interactive: { type: 'new' } }), { type: 'new' }],
  ])('parses a message %s', (_what, message, found) => {
    const base = { kind: 'message', from: FROM, messageId: ID };
    expect(bare(eventsIn('w', meta([message])))).toStrictEqual([{ ...base, ...found }]);
  });

  it.each<[edit: unknown, found: object]>([
    [
      { original_message_id: 'M1', message: { type: 'text', text: { body: 'New' } } },
      { inReplyTo: 'M1', text: 'New' },
    ],
    [
      { original_message_id: 'M1', message: { type: 'image', image: { id: '7', caption: 'New' } } },
      { inReplyTo: 'M1', media: { id: '7' }, text: 'New' },
    ],
    [{ original_message_id: 'M1', message: { type: 'contacts' } }, { inReplyTo: 'M1' }],
    [{ message: { text: { body: 'New' } } }, {}],
    ['x', {}],
  ])('parses the edit %j as a message of type edit, not as text', (edit, found) => {
    expect(bare(eventsIn('w', meta([metaMessage({ type: 'edit', edit })])))).toStrictEqual([
      { kind: 'message', type: 'edit', from: FROM, messageId: ID, ...found },
    ]);
  });

  it.each<[form: Fields, flow: object]>([
    [
      { name: 'flow', response_json: '{"a":1}' },
      { name: 'flow', response: { a: 1 } },
    ],
    [{ response_json: '{"a":' }, { response: {} }],
    [{ response_json: '[1]' }, { response: {} }],
    [{}, { response: {} }],
  ])('parses the flow response %j', (form, flow) => {
    const message = metaMessage({ type: 'interactive', interactive: { nfm_reply: { body: 'Sent', ...form } } });
    expect(bare(eventsIn('w', meta([message])))).toStrictEqual([
      { kind: 'message', type: 'flow', from: FROM, messageId: ID, flow, text: 'Sent' },
    ]);
  });

  it.each<[what: string, message: Fields, button: object]>([
    ['an empty template button', { type: 'button', button: {} }, { id: '', title: '' }],
    ['an empty button reply', { type: 'interactive', interactive: { button_reply: {} } }, { id: '', title: '' }],
    [
      'a list reply',
      { type: 'interactive', interactive: { list_reply: { id: 'b', title: 'B' } } },
      { id: 'b', title: 'B' },
    ],
    [
      'a button reply with an additional list reply',
      { type: 'interactive', interactive: { button_reply: { id: 'a', title: 'A' }, list_reply: { id: 'b' } } },
      { id: 'a', title: 'A' },
    ],
  ])('parses %s as a button reply', (_what, message, button) => {
    expect(bare(eventsIn('w', meta([metaMessage(message)])))).toStrictEqual([
      { kind: 'button-reply', from: FROM, messageId: ID, button },
    ]);
  });
});
