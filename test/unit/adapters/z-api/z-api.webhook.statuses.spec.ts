import { describe, expect, it } from '@jest/globals';
import { zDelivery, zStatus } from '../../../integration/webhooks/fixtures.js';
import { bare, eventIn, eventsIn, hintsIn } from '../../../support/parsed-events.js';

type Fields = Record<string, unknown>;

describe('What became of a message at Z-API', () => {
  const BOTH = ['D241XXXX732339502B68', '3999984263738042930CD6ECDE9VDWSA'];
  const TO = { recipient: { phone: '554499999999' } };

  it.each<[more: Fields, found: object]>([
    [{}, { status: 'sent', messageIds: BOTH }],
    [{ messageId: BOTH[1] }, { status: 'sent', messageIds: [BOTH[1]] }],
    [{ messageId: '' }, { status: 'sent', messageIds: [BOTH[1]] }],
    [{ zaapId: 5 }, { status: 'sent', messageIds: [BOTH[0]] }],
    [
      { error: 'Gone', errorCode: 'SHADOW_BAN' },
      {
        status: 'failed',
        messageIds: BOTH,
        reason: 'Gone',
        code: 'SHADOW_BAN',
        category: 'account-restricted',
        errors: [{ code: 'SHADOW_BAN', message: 'Gone' }],
      },
    ],
    [
      { errorCode: 'X' },
      {
        status: 'failed',
        messageIds: BOTH,
        reason: 'X',
        code: 'X',
        category: 'unknown',
        errors: [{ code: 'X', message: 'X' }],
      },
    ],
  ])('a delivery with %j is %j', (more, found) => {
    expect(bare(eventsIn('z', zDelivery(more)))).toStrictEqual([{ kind: 'message-status', ...TO, ...found }]);
  });

  it('a delivery of no message is something else', () => {
    expect(bare(eventsIn('z', zDelivery({ messageId: '', zaapId: '' })))).toEqual([
      { kind: 'other', type: 'DeliveryCallback' },
    ]);
  });

  it.each<[error: string, refused: 'buttons' | 'account' | undefined]>([
    ['You must accept buttons message terms in panel to send this message.', 'buttons'],
    ['Buttons are not available to channels.', 'buttons'],
    ['you must ACCEPT buttons message terms', 'buttons'],
    ['NOT available to channels', 'buttons'],
    ['Whatsapp rejected sending this message', 'account'],
    ['WHATSAPP REJECTED SENDING THIS MESSAGE', 'account'],
    ['The message was not sent due to a likely shadow ban', 'account'],
    ['Phone number does not exist', undefined],
    ['Timeout on send message', undefined],
    ['Message has not been sent because it got invalid request params.', undefined],
  ])('%j refuses the %s', (error, refused) => {
    expect(hintsIn('z', zDelivery({ error }))).toEqual({
      buttonsRefused: refused === 'buttons',
      restsAccount: refused === 'account',
    });
  });

  it.each<[ids: unknown, messageIds: string[] | undefined]>([
    [
      ['a', '', 5, 'b'],
      ['a', 'b'],
    ],
    [[], undefined],
    [[''], undefined],
    ['a', ['a']],
    [undefined, undefined],
  ])('a status of %j is of %j', (ids, messageIds) => {
    const recipient = { phone: '5544999999999' };
    const expected = messageIds ? [{ kind: 'message-status', status: 'read', messageIds, recipient }] : [];
    expect(bare(eventsIn('z', zStatus('READ', { ids })))).toEqual(expected);
  });

  it('a delivery by its older name is one', () => {
    expect(eventIn('z', zStatus('MESSAGE_RECEIVED'))).toMatchObject({ status: 'delivered' });
    expect(eventsIn('z', zStatus('READ', { status: 5 }))).toEqual([]);
  });

  it.each<[what: string, more: Fields, recipient: object | undefined]>([
    ['a person, number and lid', { chatLid: '7@lid' }, { phone: '5544999999999', lid: '7@lid' }],
    ['a person by the lid', { phone: '9@lid', chatLid: '7@lid' }, { lid: '9@lid' }],
    ['a person in a chat that is none', { chatLid: '1@newsletter' }, { phone: '5544999999999' }],
    ['nobody', { phone: '' }, undefined],
    ['a channel', { phone: '1@newsletter', chatLid: '7@lid' }, undefined],
    ['a group', { phone: '1203630195026509-group' }, { group: '1203630195026509-group' }],
    [
      'a person in a group',
      { phone: 'g', isGroup: true, participant: '55', chatLid: '7@lid' },
      { phone: '55', group: 'g' },
    ],
    [
      'a person in a group, by another field',
      { phone: 'g', isGroup: true, participantPhone: '5@lid' },
      { lid: '5@lid', group: 'g' },
    ],
    ['a group, and no channel', { phone: 'g', isGroup: true, participant: '1@newsletter' }, { group: 'g' }],
    ['a person in no group', { phone: '', isGroup: true }, undefined],
  ])('a status concerns %s', (_what, more, recipient) => {
    const base = { kind: 'message-status', status: 'read', messageIds: ['D241XXXX732339502B68'] };
    expect(bare(eventsIn('z', zStatus('READ', more)))).toStrictEqual([{ ...base, ...(recipient && { recipient }) }]);
  });
});

describe('What else Z-API tells', () => {
  it.each([
    [{ connected: true }, true],
    [{}, true],
    [{ connected: false }, false],
  ])('a connection with %j is one: %p', (more, connected) => {
    expect(bare(eventsIn('z', { type: 'ConnectedCallback', ...more }))).toEqual([{ kind: 'connection', connected }]);
  });

  it('a lost connection may say nothing of why', () => {
    expect(bare(eventsIn('z', { type: 'DisconnectedCallback' }))).toEqual([{ kind: 'connection', connected: false }]);
  });

  it('a kind that nothing is known of is handed on by its name; without a name it is nothing', () => {
    expect(bare(eventsIn('z', { type: 'PresenceChatCallback' }))).toEqual([
      { kind: 'other', type: 'PresenceChatCallback' },
    ]);
    expect(eventsIn('z', { type: 5 })).toEqual([]);
  });
});
