import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sealAccount } from '../../lib/config/seal-account.js';
import type { AccountOptions, CustomWebhook } from '../../lib/index.js';
import { webhookProviderOf } from '../../lib/webhooks/webhook-providers.js';
import { webhookAccounts } from '../harness/webhook-requests.js';
import { type Expected, META_CASES, VOLT_CASES, Z_CASES } from '../webhook-acceptance/event-cases.js';
import {
  meta,
  metaBatch,
  metaChange,
  metaMessage,
  metaPress,
  metaStatus,
  metaText,
  SAMPLES,
  volt,
  voltWords,
  zDelivery,
  zPress,
  zReceived,
  zStatus,
  zText,
} from '../webhook-acceptance/fixtures.js';

const CLOUD = { provider: 'whatsapp-cloud', accessToken: 'access' } as const;
const ACCOUNTS: AccountOptions[] = [
  ...webhookAccounts(),
  { ...CLOUD, name: 'same-app', phoneNumberId: '2', appSecret: ['other', 'w-secret-old'] },
  { ...CLOUD, name: 'same-number', phoneNumberId: '106540352242922', appSecret: 'w-secret-old' },
  { ...CLOUD, name: 'other-app', phoneNumberId: '3', appSecret: 'other-secret' },
  { ...CLOUD, name: 'no-app', phoneNumberId: '4' },
];
const SEALED = ACCOUNTS.map(sealAccount);

/** The events in a body that came to an account. */
function eventsIn(name: string, body: unknown) {
  const account = SEALED.find((sealed) => sealed.name === name);
  if (!account) throw new Error(`There is no account ${name}.`);
  const siblings = SEALED.filter(({ provider }) => provider === account.provider);
  return webhookProviderOf(account).parse(body, account, siblings);
}

/** Without what every event has. */
function bare(events: ReturnType<typeof eventsIn>): Expected[] {
  return events.map(({ raw, provider, account, at, ...event }) => event);
}

/** Without what decides about the late fallback, which has a table of its own. */
function told(events: ReturnType<typeof eventsIn>): Expected[] {
  return events.map((event) => {
    if (event.kind !== 'message-status') return { ...event };
    const { buttonsRefused, ...rest } = event;
    return rest;
  });
}

describe.each([
  ['z-api', 'z', Z_CASES],
  ['chatvolt', 'c', VOLT_CASES],
  ['whatsapp-cloud', 'w', META_CASES],
] as const)('Events of %s', (provider, account, cases) => {
  it.each(cases.map(([name, body, events]) => ({ name, body, events })))('$name', ({ body, events }) => {
    const found = told(eventsIn(account, body));
    expect(found).toEqual(events.map((event) => ({ provider, account, raw: expect.any(Object), ...event })));
  });

  it.each([null, undefined, 'words', 5, true, [], [{ type: 'ReceivedCallback' }], {}])('none in %j', (body) => {
    expect(eventsIn(account, body)).toEqual([]);
  });

  it('are read without a throw, whatever was changed in a body', () => {
    const anything = fc.anything();
    const sample = fc.constantFrom<Record<string, unknown>>(...SAMPLES[provider]);
    fc.assert(
      fc.property(sample, fc.nat(), anything, (body, at, value) => {
        const names = Object.keys(body);
        const events = eventsIn(account, { ...body, [names[at % names.length] ?? '']: value });
        expect(Array.isArray(events)).toBe(true);
      }),
    );
  });
});

describe('Of Z-API', () => {
  const from = { phone: '5544999999999', lid: '81896604192873@lid', name: 'Nome' };
  const answer = { kind: 'button-reply', from, messageId: '3EB0C767D26A1B4C1D12' };
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
  ])('the choice %j is %j', (given, button) => expect(bare(choice(given))).toEqual([{ ...answer, button }]));

  it('a press that says nothing is a press', () => {
    expect(bare(eventsIn('z', zReceived({ buttonsResponseMessage: {} })))).toEqual([
      { ...answer, button: { id: '', title: '' } },
    ]);
  });

  it('a message without an id is nothing', () => {
    expect(eventsIn('z', zPress({ messageId: '' }))).toEqual([]);
  });

  it.each<[what: string, more: Expected, sender: object]>([
    ['a person', {}, from],
    ['a person without a name and a lid', { senderName: '', senderLid: null }, { phone: '5544999999999' }],
    ['nobody', { phone: '', senderName: '', senderLid: '' }, {}],
    [
      'a person in a group known only by the lid in the place of the number',
      { phone: 'g-group', isGroup: true, participantPhone: '1@lid', participantLid: '2@lid' },
      { lid: '1@lid', group: 'g-group', name: 'Nome' },
    ],
    [
      'a person in a group, and not whom the chat names',
      { phone: 'g-group', isGroup: true, participantPhone: '55', participantLid: '2@lid' },
      { phone: '55', lid: '2@lid', group: 'g-group', name: 'Nome' },
    ],
    ['nobody in no group', { phone: '', isGroup: true, participantPhone: '55' }, { phone: '55', name: 'Nome' }],
  ])('it was %s', (_what, more, sender) => {
    expect(bare(eventsIn('z', zText('Hi', more)))).toStrictEqual([
      { kind: 'text-message', text: 'Hi', from: sender, messageId: '3EB0C767D26A1B4C1D12' },
    ]);
  });

  it.each<[more: Expected, events: object[]]>([
    [{}, [{ status: 'sent', messageIds: ['D241XXXX732339502B68'] }]],
    [{ messageId: '' }, [{ status: 'sent', messageIds: ['3999984263738042930CD6ECDE9VDWSA'] }]],
    [{ messageId: '', zaapId: '' }, []],
    [
      { error: 'Gone', errorCode: 'SHADOW_BAN' },
      [{ status: 'failed', messageIds: ['D241XXXX732339502B68'], reason: 'SHADOW_BAN: Gone' }],
    ],
    [{ errorCode: 'X' }, [{ status: 'failed', messageIds: ['D241XXXX732339502B68'], reason: 'X' }]],
  ])('a delivery with %j is %j', (more, events) => {
    const expected = events.map((event) => ({ kind: 'message-status', ...event }));
    expect(bare(eventsIn('z', zDelivery(more)))).toEqual(expected);
  });

  it.each([
    ['You must accept buttons message terms in panel to send this message.', true],
    ['Whatsapp rejected sending this message', true],
    ['Buttons are not available to channels.', true],
    ['WHATSAPP REJECTED SENDING THIS MESSAGE', true],
    ['you must ACCEPT buttons message terms', true],
    ['NOT available to channels', true],
    ['Phone number does not exist', false],
    ['Timeout on send message', false],
    ['Message has not been sent because it got invalid request params.', false],
  ])('%j refuses the buttons: %p', (error, refused) => {
    const [event] = eventsIn('z', zDelivery({ error }));
    if (event?.kind !== 'message-status') throw new Error('There is no status.');
    expect([event.status, event.buttonsRefused]).toEqual(['failed', refused ? true : undefined]);
  });

  it.each<[ids: unknown, messageIds: string[] | undefined]>([
    [
      ['a', '', 5, 'b'],
      ['a', 'b'],
    ],
    [[], undefined],
    [[''], undefined],
    ['a', undefined],
    [undefined, undefined],
  ])('a status of %j is of %j', (ids, messageIds) => {
    const expected = messageIds ? [{ kind: 'message-status', status: 'read', messageIds }] : [];
    expect(bare(eventsIn('z', zStatus('READ', { ids })))).toEqual(expected);
  });

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
});

describe('Of Chatvolt', () => {
  const from = { conversation: 'conv-456', phone: '5511999999999', name: 'João Silva' };

  it('a button that is named is a press', () => {
    expect(bare(eventsIn('c', voltWords('Sales', { buttonId: 'b1' })))).toEqual([
      { kind: 'button-reply', from, messageId: 'msg-789', button: { id: 'b1', title: 'Sales' } },
    ]);
  });

  it('words of nobody in particular are words', () => {
    const nobody = { conversationId: '', userPhone: undefined, userName: null };
    expect(bare(eventsIn('c', voltWords('Hi', nobody)))).toStrictEqual([
      { kind: 'text-message', from: {}, messageId: 'msg-789', text: 'Hi' },
    ]);
  });

  it.each([
    ['no words', volt('USER_MESSAGE_RECEIVED')],
    ['words without an id', voltWords('Hi', { messageId: '' })],
    ["the agent's words", volt('AGENT_MESSAGE_SENDED', { userMessage: 'Hi' })],
    ['a refusal without an id', volt('AGENT_MESSAGE_BLOCKED', { messageId: undefined })],
  ])('%s are nothing', (_what, body) => expect(eventsIn('c', body)).toEqual([]));
});

describe('Of a provider of its own', () => {
  const webhook = (parse: CustomWebhook['parse']) => ({ isAuthentic: () => true, parse });
  const custom = (own?: CustomWebhook) =>
    sealAccount({
      name: 'a',
      provider: {
        name: 'acme',
        map: () => ({ reasons: [] }),
        send: () => Promise.resolve({}),
        ...(own && { webhook: own }),
      },
    });

  it.each<[what: string, own: CustomWebhook | undefined, accounts: string[]]>([
    ['hears nothing', undefined, []],
    ['understands nothing', webhook(() => []), []],
    ['hears', webhook(() => [{ kind: 'connection', connected: true, at: new Date(0), raw: {} }]), ['custom:acme a']],
  ])('that %s', (_what, own, accounts) => {
    const account = custom(own);
    const events = webhookProviderOf(account).parse({}, account, [account]);
    expect(events.map((event) => `${event.provider} ${event.account}`)).toEqual(accounts);
  });
});

describe('Of the Cloud API', () => {
  const OF_NUMBER = (number: unknown) => ({
    entry: [{ changes: [{ value: { metadata: { phone_number_id: number }, messages: [metaText('Hi')] } }] }],
  });

  it.each<[number: unknown, account: string]>([
    ['106540352242922', 'w'],
    ['2', 'same-app'],
    ['3', 'w'],
    ['4', 'w'],
    ['5', 'w'],
    ['', 'w'],
    [undefined, 'w'],
  ])('what number %j hears is of account %s', (number, account) => {
    expect(eventsIn('w', OF_NUMBER(number)).map((event) => event.account)).toEqual([account]);
  });

  it('what came to the second account of a number is of the second', () => {
    const found = eventsIn('same-number', OF_NUMBER('106540352242922'));
    expect(found.map((event) => event.account)).toEqual(['same-number']);
  });

  it("what another number hears is not believed of one's own without a secret", () => {
    expect(eventsIn('no-app', OF_NUMBER('2')).map((event) => event.account)).toEqual(['no-app']);
  });

  it('everything in a batch is heard, in its order', () => {
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

  it.each<[what: string, message: object]>([
    ['of nobody', metaText('Hi', { from: '' })],
    ['without an id', metaText('Hi', { id: undefined })],
    ['whose words are missing', metaMessage({ type: 'text' })],
    ['whose words are of another type', metaText('Hi', { type: 'image' })],
    ['whose button is missing', metaMessage({ type: 'button' })],
    ['whose button is of another type', metaMessage({ type: 'x', button: { payload: 'a', text: 'A' } })],
    ['whose reply is missing', metaMessage({ type: 'interactive' })],
    ['whose reply is of another type', metaPress('a', 'A', { type: 'x' })],
  ])('a message %s is nothing', (_what, message) => {
    expect(eventsIn('w', meta([{ ...message }]))).toEqual([]);
  });

  it.each<[what: string, message: object, button: object]>([
    ['a button of a template that says nothing', { type: 'button', button: {} }, { id: '', title: '' }],
    ['a press that says nothing', { type: 'interactive', interactive: { button_reply: {} } }, { id: '', title: '' }],
    [
      'a press beside a choice',
      { type: 'interactive', interactive: { button_reply: { id: 'a', title: 'A' }, list_reply: { id: 'b' } } },
      { id: 'a', title: 'A' },
    ],
  ])('%s is a press', (_what, message, button) => {
    expect(bare(eventsIn('w', meta([metaMessage({ ...message })])))).toStrictEqual([
      { kind: 'button-reply', from: { phone: '5511999999999', name: 'Ana' }, messageId: 'wamid.ANSWER1', button },
    ]);
  });

  it('a person has the name of their own contact, and of no other', () => {
    const contacts = [
      { wa_id: '1', profile: { name: 'Another' } },
      { wa_id: '2', profile: { name: 'Bea' } },
    ];
    const messages = [metaText('Hi', { from: '2' }), metaText('Hi', { from: '3' })];
    const found = bare(eventsIn('w', { entry: [{ changes: [{ value: { contacts, messages } }] }] }));
    expect(found.map(({ from }) => from)).toStrictEqual([{ phone: '2', name: 'Bea' }, { phone: '3' }]);
  });

  const status = (more: object) => bare(eventsIn('w', meta([], [metaStatus('failed', { ...more })])));
  const failed = { kind: 'message-status', status: 'failed', messageIds: ['wamid.SENT1'] };

  it.each<[more: object, told: object]>([
    [{}, {}],
    [{ errors: [] }, {}],
    [{ errors: ['x'] }, {}],
    [{ errors: [{}] }, {}],
    [{ errors: [{ code: 131047 }] }, { reason: '131047' }],
    [{ errors: [{ title: 'T' }] }, { reason: 'T' }],
    [{ errors: [{ code: 1, title: 'T', message: 'M' }] }, { reason: '1: M' }],
    [{ errors: [{ code: 1, title: 'T', message: 'M', error_data: { details: 'D' } }] }, { reason: '1: D' }],
    [{ errors: [{ code: 131009, title: 'T' }] }, { reason: '131009: T', buttonsRefused: true }],
    [{ errors: [{ code: '131051' }] }, { reason: '131051', buttonsRefused: true }],
    [{ biz_opaque_callback_data: 'button-messaging:id-1' }, { sentId: 'id-1' }],
    [{ biz_opaque_callback_data: 'id-1' }, {}],
  ])('a failure with %j tells %j', (more, expected) =>
    expect(status(more)).toStrictEqual([{ ...failed, ...expected }]),
  );

  it('what is no change, or no entry, is passed over', () => {
    expect(eventsIn('w', { entry: ['x', null, { changes: ['x', null, { value: 'x' }] }] })).toEqual([]);
  });

  it.each<[what: string, given: unknown]>([
    ['without an id', metaStatus('read', { id: '' })],
    ['that is no object', 'read'],
    ['that is missing', metaStatus('', { status: undefined })],
  ])('a status %s is nothing', (_what, given) => {
    expect(eventsIn('w', { entry: [{ changes: [{ value: { statuses: [given] } }] }] })).toEqual([]);
  });
});
