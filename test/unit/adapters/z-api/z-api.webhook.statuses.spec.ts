import { describe, expect, it } from '@jest/globals';
import { zDelivery, zStatus } from '../../../integration/webhooks/fixtures.js';
import { bare, eventIn, eventsIn, hintsIn } from '../../../support/parsed-events.js';

type Fields = Record<string, unknown>;

describe('Z-API webhook: message statuses', () => {
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
  ])('parses a delivery callback with %j as %j', (more, found) => {
    expect(bare(eventsIn('z', zDelivery(more)))).toStrictEqual([{ kind: 'message-status', ...TO, ...found }]);
  });

  it('parses a delivery callback without a message ID as kind other', () => {
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
  ])('reads from the error %j what the provider rejects: %s', (error, refused) => {
    expect(hintsIn('z', zDelivery({ error }))).toEqual({
      buttonsRefused: refused === 'buttons',
      opensCircuit: refused === 'account',
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
  ])('parses a status with ids %j for the message IDs %j', (ids, messageIds) => {
    const recipient = { phone: '5544999999999' };
    const expected = messageIds ? [{ kind: 'message-status', status: 'read', messageIds, recipient }] : [];
    expect(bare(eventsIn('z', zStatus('READ', { ids })))).toEqual(expected);
  });

  it('parses MESSAGE_RECEIVED as delivered and ignores an invalid status', () => {
    expect(eventIn('z', zStatus('MESSAGE_RECEIVED'))).toMatchObject({ status: 'delivered' });
    expect(eventsIn('z', zStatus('READ', { status: 5 }))).toEqual([]);
  });

  it.each<[what: string, more: Fields, recipient: object | undefined]>([
    ['a person by number and LID', { chatLid: '7@lid' }, { phone: '5544999999999', lid: '7@lid' }],
    ['a person by LID', { phone: '9@lid', chatLid: '7@lid' }, { lid: '9@lid' }],
    ['a person without the address of a channel', { chatLid: '1@newsletter' }, { phone: '5544999999999' }],
    ['no recipient from an empty phone', { phone: '' }, undefined],
    ['no recipient from a channel', { phone: '1@newsletter', chatLid: '7@lid' }, undefined],
    ['a group', { phone: '1203630195026509-group' }, { group: '1203630195026509-group' }],
    ['a group member', { phone: 'g', isGroup: true, participant: '55', chatLid: '7@lid' }, { phone: '55', group: 'g' }],
    [
      'a group member by participantPhone',
      { phone: 'g', isGroup: true, participantPhone: '5@lid' },
      { lid: '5@lid', group: 'g' },
    ],
    [
      'a group without a channel as participant',
      { phone: 'g', isGroup: true, participant: '1@newsletter' },
      { group: 'g' },
    ],
    ['no recipient from a group without an ID', { phone: '', isGroup: true }, undefined],
  ])('reads the recipient of a status: %s', (_what, more, recipient) => {
    const base = { kind: 'message-status', status: 'read', messageIds: ['D241XXXX732339502B68'] };
    expect(bare(eventsIn('z', zStatus('READ', more)))).toStrictEqual([{ ...base, ...(recipient && { recipient }) }]);
  });
});

describe('Z-API webhook: other events', () => {
  it.each([
    [{ connected: true }, true],
    [{}, true],
    [{ connected: false }, false],
  ])('parses a connected callback with %j as connected: %p', (more, connected) => {
    expect(bare(eventsIn('z', { type: 'ConnectedCallback', ...more }))).toEqual([{ kind: 'connection', connected }]);
  });

  it('parses a disconnected callback without a reason', () => {
    expect(bare(eventsIn('z', { type: 'DisconnectedCallback' }))).toEqual([{ kind: 'connection', connected: false }]);
  });

  it('passes an unknown callback type on as kind other and ignores one without a type', () => {
    expect(bare(eventsIn('z', { type: 'PresenceChatCallback' }))).toEqual([
      { kind: 'other', type: 'PresenceChatCallback' },
    ]);
    expect(eventsIn('z', { type: 5 })).toEqual([]);
  });
});
