import { describe, expect, it } from '@jest/globals';
import { metaMessage, metaText } from '../../../integration/webhooks/fixtures.js';
import { bare, eventIn, eventsIn, hintsIn } from '../../../support/parsed-events.js';

type Fields = Record<string, unknown>;

const change = (field: string, value: Fields) => ({ entry: [{ changes: [{ field, value }] }] });
const sendersIn = (contacts: unknown, ...messages: Fields[]) =>
  eventsIn('w', change('messages', { contacts, messages })).map((event) => ('from' in event ? event.from : undefined));

describe('Cloud API webhook: sender', () => {
  it('takes the name only from the contact of the sender', () => {
    const contacts = [
      { wa_id: '1', profile: { name: 'Another' } },
      { wa_id: '2', profile: { name: 'Bea' } },
    ];
    const senders = sendersIn(contacts, metaText('Hi', { from: '2' }), metaText('Hi', { from: '3' }));
    expect(senders).toStrictEqual([{ phone: '2', name: 'Bea' }, { phone: '3' }]);
  });

  const ANA = { wa_id: '5511988880001', user_id: 'BR.a', profile: { name: 'Ana', username: 'ana' } };
  const KNOWN = { phone: '5511988880001', userId: 'BR.a', username: 'ana', name: 'Ana' };

  it.each<[what: string, message: Fields, sender: object]>([
    ['a number', { from: '5511988880001' }, KNOWN],
    ['a number without the ninth digit', { from: '551188880001' }, { ...KNOWN, phone: '551188880001' }],
    ['a number and a user ID', { from: '5511988880001', from_user_id: 'BR.a' }, KNOWN],
    ['a user ID', { from: undefined, from_user_id: 'BR.a' }, KNOWN],
    ['a user ID in place of the number', { from: 'BR.a' }, KNOWN],
    ['the only contact when from is empty', { from: '' }, KNOWN],
    ['the user ID of another person', { from: '', from_user_id: 'BR.b' }, { userId: 'BR.b' }],
    ['the number of another person', { from: '5511988880002' }, { phone: '5511988880002' }],
    [
      'the number of another person with the same user ID',
      { from: '5511988880002', from_user_id: 'BR.a' },
      { ...KNOWN, phone: '5511988880002' },
    ],
    [
      'a group and a parent user ID',
      { from: '5511988880001', group_id: 'G1', from_parent_user_id: 'BR.ENT.b' },
      { phone: '5511988880001', userId: 'BR.a', parentUserId: 'BR.ENT.b', username: 'ana', group: 'G1', name: 'Ana' },
    ],
  ])('identifies the sender by %s', (_what, message, sender) => {
    expect(sendersIn([ANA], metaText('Hi', message))).toStrictEqual([sender]);
  });

  it('parses a message without sender identifiers', () => {
    expect(sendersIn(undefined, metaText('Hi', { from: '' }))).toStrictEqual([{}]);
    expect(sendersIn([{ parent_user_id: 'BR.ENT.b' }], metaText('Hi', { from: '' }))).toStrictEqual([
      { parentUserId: 'BR.ENT.b' },
    ]);
  });
});

describe('Cloud API webhook: identity changes', () => {
  const system = (more: Fields, message: Fields = {}) => metaMessage({ type: 'system', system: more, ...message });
  const changes = (message: Fields) => bare(eventsIn('w', change('messages', { messages: [message] })));

  it.each<[what: string, message: Fields, previous: object, current: object]>([
    [
      'a changed phone number',
      system({ type: 'user_changed_number', wa_id: '5511977770000' }),
      { phone: '5511999999999' },
      { phone: '5511977770000' },
    ],
    [
      'a changed phone number by its older type name',
      system({ type: 'customer_changed_number', new_wa_id: '5511977770000' }, { from_user_id: 'BR.a' }),
      { phone: '5511999999999', userId: 'BR.a' },
      { phone: '5511977770000' },
    ],
    [
      'a changed user ID',
      system({
        type: 'user_changed_user_id',
        previous_user_id: 'BR.a',
        previous_parent_user_id: 'BR.ENT.a',
        user_id: 'BR.b',
        parent_user_id: 'BR.ENT.b',
      }),
      { phone: '5511999999999', userId: 'BR.a', parentUserId: 'BR.ENT.a' },
      { phone: '5511999999999', userId: 'BR.b', parentUserId: 'BR.ENT.b' },
    ],
    [
      'a changed user ID given in place of the number',
      system({ type: 'user_changed_user_id', user_id: 'BR.b' }, { from: 'BR.a' }),
      { userId: 'BR.a' },
      { userId: 'BR.b' },
    ],
  ])('parses %s', (_what, message, previous, current) => {
    expect(changes(message)).toStrictEqual([{ kind: 'identity', previous, current }]);
    expect(hintsIn('w', change('messages', { messages: [message] }))).toEqual({
      repeatKey: expect.stringMatching(/^callback-/),
    });
  });

  it.each<[system: unknown]>([[{ type: 'customer_identity_changed', body: 'New' }], ['user_changed_number']])(
    'parses the system message %j as an ordinary message',
    (said) => expect(changes(metaMessage({ type: 'system', system: said }))).toMatchObject([{ kind: 'message' }]),
  );

  it('parses the field user_id_update as an identity change', () => {
    const update = {
      wa_id: '5511999999999',
      user_id: { previous: 'BR.a', current: 'BR.b' },
      parent_user_id: { previous: 'BR.ENT.a', current: 'BR.ENT.b' },
      timestamp: 1_769_619_600,
    };
    const body = change('user_id_update', { user_id_update: ['x', update] });
    expect(bare(eventsIn('w', body))).toStrictEqual([
      {
        kind: 'identity',
        previous: { phone: '5511999999999', userId: 'BR.a', parentUserId: 'BR.ENT.a' },
        current: { phone: '5511999999999', userId: 'BR.b', parentUserId: 'BR.ENT.b' },
      },
    ]);
    expect(eventIn('w', body).at).toEqual(new Date(1_769_619_600_000));
    expect(bare(eventsIn('w', change('user_id_update', update)))).toStrictEqual(bare(eventsIn('w', body)));
    expect(eventIn('w', change('user_id_update', {})).kind).toBe('other');
  });
});
