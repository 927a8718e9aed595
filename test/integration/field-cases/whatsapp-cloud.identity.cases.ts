import type { FieldCase, Fields, Hook } from './field-case.js';
import { answered, ask, overtaken, question, questionTo, reply, send, unanswered } from './messages.js';
import {
  cloudAccepts,
  cloudField,
  cloudMessage,
  cloudPress,
  cloudStatus,
  cloudText,
  numbered,
} from './whatsapp-cloud.bodies.js';

const CAIO = '5571996660007';
const CAIOS_ID = 'US.13491208655302741918';
const LONG_ID = `BR.${'A1b2'.repeat(32)}`;
const DORAS_ID = 'BR.7D7D7D7D';
const OFFICIAL = { account: 'official' };
const USER_IDS = 'Meta, business-scoped user ids (2026)';
const WORDS = ['text-message', 'button-reply', 'message'];

const PARENTS_ID = 'BR.ENT.11815799212886844830';
const UNDER_BOTH_IDS: Fields = { from: undefined, from_user_id: CAIOS_ID, from_parent_user_id: PARENTS_ID };

const both = { from: CAIO, from_user_id: CAIOS_ID };
const hidden = (id: string): Fields => ({ from: undefined, from_user_id: id });
const contactOf = (user_id: string, wa_id?: string): Fields => ({ profile: { name: 'Caio' }, user_id, wa_id });
const CONTACT: Fields = { input: CAIO, wa_id: CAIO };

const sentTo = (to: unknown, id: string, contact = CONTACT) =>
  answered(send(questionTo(to), OFFICIAL), cloudAccepts(id, contact));
const askedOf = (to: unknown, id: string, contact = CONTACT) =>
  answered(ask(questionTo(to), OFFICIAL), cloudAccepts(id, contact));
const helpTyped = { kind: 'button-reply', button: { id: 'help' }, typed: true, sent: 0 };
const systemMessage = (system: Fields, from: string): Fields =>
  numbered({ messages: [{ timestamp: '$now', from, id: 'wamid.SYS', type: 'system', system }] });

const writtenTo = (id: string, what: string, to: unknown, recipient: string): FieldCase => ({
  id,
  what,
  source: `${USER_IDS}: recipient in place of to`,
  call: send(questionTo(to), OFFICIAL),
  answer: [cloudAccepts('wamid.O60', { input: recipient, user_id: recipient })],
  expect: { request: { body: { recipient, to: null } }, result: { messageId: 'wamid.O60' } },
});

const changedSystem = (system: Fields, more: Fields = {}) =>
  cloudField(
    'messages',
    numbered({
      messages: [
        {
          timestamp: '$now',
          id: 'wamid.SYS',
          type: 'system',
          system: { type: 'user_changed_user_id', user_id: 'US.33333333', ...system },
          ...more,
        },
      ],
    }),
  );

const USER_ID_UPDATE: Fields = { user_id: { previous: CAIOS_ID, current: 'US.33333333' }, timestamp: '$now' };

const CHANGED_USER_IDS: { id: string; what: string; hook: Hook }[] = [
  {
    id: 'w-changed-user-id-in-words',
    what: 'reads the previous user id from the text of the message',
    hook: changedSystem({ body: `User Caio changed from ${CAIOS_ID} to US.33333333` }),
  },
  {
    id: 'w-changed-user-id-in-words-alone',
    what: 'reads the previous user id from the text when the sender has the new one',
    hook: changedSystem(
      { body: `User A changed from B to C changed from ${CAIOS_ID} to US.33333333` },
      { from_user_id: 'US.33333333' },
    ),
  },
  {
    id: 'w-user-id-update-single',
    what: 'emits a user id update that is not a list',
    hook: cloudField('user_id_update', numbered({ user_id_update: USER_ID_UPDATE })),
  },
  {
    id: 'w-user-id-update-as-value',
    what: 'emits a user id update that is the whole value',
    hook: cloudField('user_id_update', USER_ID_UPDATE),
  },
];

export const whatsAppCloudIdentityCases: FieldCase[] = [
  writtenTo('w-send-to-us-id', 'sends to a user id of another country as recipient', CAIOS_ID, CAIOS_ID),
  writtenTo('w-send-to-long-id', 'sends to a user id of maximum length as recipient', LONG_ID, LONG_ID),
  writtenTo('w-send-to-parent-id', 'sends to a parent user id as recipient', 'BR.ENT.7A8B9C0D', 'BR.ENT.7A8B9C0D'),
  writtenTo('w-send-to-user-id-by-name', 'sends to { userId } as recipient', { userId: DORAS_ID }, DORAS_ID),
  {
    id: 'w-send-to-user-id-via',
    what: 'continues failover past an account that does not support user ids',
    source: 'A recipient that the provider has no form for is unsupported there; failover goes on',
    call: send(questionTo({ userId: CAIOS_ID }), { via: ['sales', 'official'] }),
    expect: {
      result: { account: 'official', tried: [{ account: 'sales' }] },
      request: { body: { recipient: CAIOS_ID } },
    },
  },
  {
    id: 'w-parent-id-in-from',
    what: 'does not report a parent user id in from as a phone number',
    source: USER_IDS,
    platform: 'fastify',
    webhook: [cloudText('oi', { from: 'BR.ENT.7A8B9C0D', from_user_id: DORAS_ID }, contactOf(DORAS_ID))],
    expect: { events: [{ kind: 'text-message', from: { userId: DORAS_ID, phone: null } }] },
  },
  {
    id: 'w-both-ids',
    what: 'emits a text with phone number, user id and name',
    source: USER_IDS,
    webhook: [cloudText('oi', both, { ...contactOf(CAIOS_ID, CAIO), profile: { name: 'Caio', username: 'caio.b' } })],
    expect: {
      events: [
        { kind: 'text-message', from: { phone: CAIO, userId: CAIOS_ID, username: 'caio.b', name: 'Caio' }, text: 'oi' },
      ],
    },
  },
  {
    id: 'w-learned-from-answer',
    what: "matches a title under the user id from the send's response",
    source: `${USER_IDS}: the response then has contacts[].user_id`,
    sentBefore: [sentTo(CAIO, 'wamid.O61', { ...CONTACT, user_id: CAIOS_ID })],
    webhook: [cloudText('support!', hidden(CAIOS_ID), contactOf(CAIOS_ID))],
    expect: { events: [helpTyped] },
  },
  {
    id: 'w-learned-from-status',
    what: 'matches a title under the user id from a status',
    source: `${USER_IDS}: statuses have recipient_user_id`,
    sentBefore: [sentTo(CAIO, 'wamid.O62')],
    webhook: [
      cloudStatus('delivered', 'wamid.O62', { recipient_id: CAIO, recipient_user_id: CAIOS_ID }),
      cloudText('Support', hidden(CAIOS_ID), contactOf(CAIOS_ID)),
    ],
    expect: { events: [{ kind: 'message-status', status: 'delivered', sent: 0 }, helpTyped] },
  },
  {
    id: 'w-learned-from-contacts-of-status',
    what: "matches a title under the user id from a status's contacts",
    source: `${USER_IDS}: sent, delivered and read statuses have contacts; recipient_user_id may be absent`,
    sentBefore: [sentTo(CAIO, 'wamid.O62')],
    webhook: [
      cloudField(
        'messages',
        numbered({
          contacts: [contactOf(DORAS_ID, '5581994440008'), contactOf(CAIOS_ID, CAIO)],
          statuses: [{ id: 'wamid.O62', status: 'delivered', timestamp: '$now', recipient_id: CAIO }],
        }),
      ),
      cloudText('Support', hidden(CAIOS_ID), contactOf(CAIOS_ID)),
    ],
    expect: {
      events: [
        { kind: 'message-status', status: 'delivered', recipient: { phone: CAIO, userId: CAIOS_ID }, sent: 0 },
        helpTyped,
      ],
    },
  },
  {
    id: 'w-contacts-of-another-status',
    what: "learns nothing from another person's contact in a status",
    source: `${USER_IDS}: several statuses may come in one value, each with its contact`,
    sentBefore: [askedOf(CAIO, 'wamid.O62')],
    webhook: [
      cloudField(
        'messages',
        numbered({
          contacts: [contactOf(DORAS_ID)],
          statuses: [{ id: 'wamid.O62', status: 'delivered', timestamp: '$now', recipient_id: CAIO }],
        }),
      ),
      cloudText('Support', hidden(DORAS_ID), contactOf(DORAS_ID)),
    ],
    expect: {
      ask: 'open',
      events: [
        { kind: 'message-status', status: 'delivered', recipient: { phone: CAIO, userId: null }, sent: 0 },
        { kind: 'text-message', sent: null },
      ],
    },
  },
  {
    id: 'w-parent-id-pressed',
    what: 'matches a press by a person addressed by the parent user id',
    source: `${USER_IDS}: a parent's id can be written to; from_user_id and from_parent_user_id come together`,
    sentBefore: [askedOf(PARENTS_ID, 'wamid.O57', { input: PARENTS_ID, user_id: PARENTS_ID })],
    webhook: [cloudPress('help', 'Support', 'wamid.O57', UNDER_BOTH_IDS, contactOf(CAIOS_ID))],
    expect: { ask: 'help', events: [{ kind: 'button-reply', button: { id: 'help' }, sent: 0 }] },
  },
  {
    id: 'w-parent-id-typed',
    what: 'matches a title by a person addressed by the parent user id',
    source: `${USER_IDS}: a parent's id can be written to; from_user_id and from_parent_user_id come together`,
    sentBefore: [sentTo(PARENTS_ID, 'wamid.O58', { input: PARENTS_ID, user_id: PARENTS_ID })],
    webhook: [cloudText('Support', UNDER_BOTH_IDS, contactOf(CAIOS_ID))],
    expect: { events: [helpTyped] },
  },
  {
    id: 'w-parent-id-overtakes',
    what: 'matches an early title by a person addressed by the parent user id',
    source: 'A callback may arrive before the response to its send',
    sentBefore: [
      overtaken(
        ask(questionTo(PARENTS_ID), OFFICIAL),
        cloudAccepts('wamid.O59', { input: PARENTS_ID, user_id: PARENTS_ID }),
      ),
    ],
    webhook: [cloudText('Support', UNDER_BOTH_IDS, contactOf(CAIOS_ID))],
    expect: { ask: 'help', events: [helpTyped] },
  },
  {
    id: 'w-parent-id-in-group',
    what: 'does not match a parent user id in a group',
    source: "Meta, Groups API: group_id beside from is a group's message",
    sentBefore: [askedOf(PARENTS_ID, 'wamid.O56', { input: PARENTS_ID, user_id: PARENTS_ID })],
    webhook: [cloudText('Support', { ...UNDER_BOTH_IDS, group_id: 'Y2FwaV9ncm91cDo0' }, contactOf(CAIOS_ID))],
    expect: { ask: 'open', events: [{ kind: 'text-message', sent: null }] },
  },
  {
    id: 'w-learned-turned',
    what: 'matches a reply under the number to a message sent to the user id',
    source: 'Learned pairs hold both ways',
    heardBefore: [cloudText('oi', { id: 'wamid.I0', ...both }, contactOf(CAIOS_ID, CAIO))],
    sentBefore: [sentTo(CAIOS_ID, 'wamid.O63', { input: CAIOS_ID, user_id: CAIOS_ID })],
    webhook: [cloudText('Support', { from: CAIO }, { profile: { name: 'Caio' }, wa_id: CAIO })],
    expect: { events: [helpTyped] },
  },
  {
    id: 'w-quote-teaches',
    what: 'learns a user id from a private quote',
    source: 'Only its recipient can quote a message in a private chat',
    sentBefore: [sentTo(CAIO, 'wamid.O64')],
    webhook: [
      cloudPress('sales', 'Sales', 'wamid.O64', { id: 'wamid.I1', ...hidden(CAIOS_ID) }, contactOf(CAIOS_ID)),
      cloudText('Support', { id: 'wamid.I2', ...hidden(CAIOS_ID) }, contactOf(CAIOS_ID)),
    ],
    expect: { events: [{ kind: 'button-reply', button: { id: 'sales' }, sent: 0 }, helpTyped] },
  },
  {
    id: 'w-quote-of-another-id',
    what: 'does not match a quote under another user id',
    source: 'The sender must be the recipient, whatever it quotes',
    sentBefore: [askedOf(CAIO, 'wamid.O65', { ...CONTACT, user_id: CAIOS_ID })],
    webhook: [cloudPress('sales', 'Sales', 'wamid.O65', hidden(DORAS_ID), contactOf(DORAS_ID))],
    expect: { ask: 'open', events: [{ kind: 'button-reply', inReplyTo: 'wamid.O65', sent: null }] },
  },
  {
    id: 'w-quote-of-another-number',
    what: 'does not match a title typed by another number that quotes',
    source: 'The sender must be the recipient, whatever it quotes',
    sentBefore: [askedOf(CAIO, 'wamid.O66')],
    webhook: [cloudText('Sales', { from: '5581994440008', context: { id: 'wamid.O66' } }, { wa_id: '5581994440008' })],
    expect: { ask: 'open', events: [{ kind: 'text-message', inReplyTo: 'wamid.O66', sent: null }] },
  },
  {
    id: 'w-never-offered',
    what: 'does not match a press of a button that the message did not have',
    source: 'A button only counts where it was offered',
    sentBefore: [askedOf(CAIO, 'wamid.O67')],
    webhook: [cloudPress('admin', 'Sales', 'wamid.O67', { from: CAIO }, { wa_id: CAIO })],
    expect: { ask: 'open', events: [{ kind: 'button-reply', inReplyTo: 'wamid.O67', sent: null }] },
  },
  {
    id: 'w-group-press',
    what: 'does not match a press in a group',
    source: "Meta, Groups API: group_id beside from is a group's message",
    sentBefore: [askedOf(CAIO, 'wamid.O68')],
    webhook: [cloudPress('sales', 'Sales', undefined, { from: CAIO, group_id: 'Y2FwaV9ncm91cDo0' }, { wa_id: CAIO })],
    expect: { ask: 'open', events: [{ kind: 'button-reply', from: { group: 'Y2FwaV9ncm91cDo0' }, sent: null }] },
  },
  {
    id: 'w-group-number',
    what: 'does not match a number typed in a group',
    source: "Meta, Groups API: group_id beside from is a group's message",
    sentBefore: [askedOf(CAIO, 'wamid.O69')],
    webhook: [cloudText('1', { from: CAIO, group_id: 'Y2FwaV9ncm91cDo0' }, { wa_id: CAIO })],
    expect: { ask: 'open', events: [{ kind: 'text-message', from: { group: true, phone: CAIO }, sent: null }] },
  },
  {
    id: 'w-unknown-number',
    what: 'ignores signed webhooks of an unknown phone_number_id',
    source: 'metadata.phone_number_id names the number; an event of another number is not of this account',
    sentBefore: [askedOf(CAIO, 'wamid.O70')],
    webhook: [cloudMessage({ from: CAIO, type: 'text', text: { body: 'Sales' } }, { wa_id: CAIO }, '999000111')],
    expect: { http: [200, 401, 403], none: WORDS, ask: 'open' },
  },
  {
    id: 'w-unknown-number-status',
    what: 'ignores a status of an unknown phone_number_id',
    source: 'metadata.phone_number_id names the number',
    sentBefore: [sentTo(CAIO, 'wamid.O71')],
    webhook: [
      cloudField(
        'messages',
        numbered(
          { statuses: [{ id: 'wamid.O71', status: 'read', timestamp: '$now', recipient_id: CAIO }] },
          '999000111',
        ),
      ),
    ],
    expect: { http: [200, 401, 403], none: ['message-status'], of: [] },
  },
  {
    id: 'w-changed-number-then-typed',
    what: 'matches a reply under the new number after a change',
    source: 'What user_changed_number says of one person is remembered',
    sentBefore: [sentTo(CAIO, 'wamid.O72')],
    webhook: [
      cloudField('messages', systemMessage({ type: 'user_changed_number', body: 'x', wa_id: '5561993330009' }, CAIO)),
      cloudText('Support', { from: '5561993330009' }, { wa_id: '5561993330009' }),
    ],
    expect: {
      events: [{ kind: 'identity', previous: { phone: CAIO }, current: { phone: '5561993330009' } }, helpTyped],
    },
  },
  {
    id: 'w-changed-number-and-id-then-pressed',
    what: 'matches a press after a change of number and user id',
    source: `${USER_IDS}: a new number brings a new user id; who was heard before is known by both former ones`,
    heardBefore: [cloudText('oi', { id: 'wamid.I0', ...both }, contactOf(CAIOS_ID, CAIO))],
    sentBefore: [askedOf(CAIO, 'wamid.O54'), sentTo(CAIO, 'wamid.O53')],
    webhook: [
      cloudField(
        'messages',
        systemMessage({ type: 'user_changed_number', body: 'x', wa_id: '5561993330009', user_id: 'US.33333333' }, CAIO),
      ),
      cloudPress(
        'help',
        'Support',
        'wamid.O54',
        { id: 'wamid.I1', ...hidden('US.33333333') },
        contactOf('US.33333333'),
      ),
      cloudText('Sales', { id: 'wamid.I2', ...hidden('US.33333333') }, contactOf('US.33333333')),
    ],
    expect: {
      ask: 'help',
      events: [
        { kind: 'identity', current: { phone: '5561993330009', userId: 'US.33333333' } },
        { kind: 'button-reply', button: { id: 'help' }, sent: 0 },
        { kind: 'button-reply', button: { id: 'sales' }, typed: true, sent: 1 },
      ],
    },
  },
  {
    id: 'w-changed-user-id-then-typed',
    what: 'matches a reply under the new user id after a change',
    source: `${USER_IDS}: field user_id_update`,
    heardBefore: [cloudText('oi', { id: 'wamid.I0', ...both }, contactOf(CAIOS_ID, CAIO))],
    sentBefore: [sentTo(CAIO, 'wamid.O73')],
    webhook: [
      cloudField(
        'user_id_update',
        numbered({
          user_id_update: [
            {
              wa_id: CAIO,
              detail: 'updated',
              user_id: { previous: CAIOS_ID, current: 'US.22222222' },
              timestamp: '$now',
            },
          ],
        }),
      ),
      cloudText('Support', hidden('US.22222222'), contactOf('US.22222222')),
    ],
    expect: {
      events: [{ kind: 'identity', previous: { userId: CAIOS_ID }, current: { userId: 'US.22222222' } }, helpTyped],
    },
  },
  ...CHANGED_USER_IDS.map(
    ({ id, what, hook }): FieldCase => ({
      id,
      what,
      source: `${USER_IDS}: a system message without the number, and the published samples of both`,
      heardBefore: [cloudText('oi', { id: 'wamid.I0', ...both }, contactOf(CAIOS_ID, CAIO))],
      sentBefore: [sentTo(CAIO, 'wamid.O79')],
      webhook: [hook, cloudText('Support', hidden('US.33333333'), contactOf('US.33333333'))],
      expect: {
        events: [{ kind: 'identity', previous: { userId: CAIOS_ID }, current: { userId: 'US.33333333' } }, helpTyped],
      },
    }),
  ),
  {
    id: 'w-changed-user-id-unsaid',
    what: 'keeps what is known when a change has no previous user id',
    source: "A published client's fixture: the new user id is in both places, and the text contains none",
    heardBefore: [cloudText('oi', { id: 'wamid.I0', ...both }, contactOf(CAIOS_ID, CAIO))],
    sentBefore: [sentTo(CAIO, 'wamid.O55')],
    webhook: [
      changedSystem({ user_id: CAIOS_ID, body: 'User changed' }),
      cloudText('Support', hidden(CAIOS_ID), contactOf(CAIOS_ID)),
    ],
    expect: { events: [{ kind: 'identity', current: { userId: CAIOS_ID } }, helpTyped] },
  },
  {
    id: 'w-user-id-update-unreadable',
    what: 'emits an unreadable user id update as other',
    source: 'An authentic webhook of an unknown form is emitted as other',
    webhook: [cloudField('user_id_update', numbered({ user_id_update: 'of tomorrow' }))],
    expect: { events: [{ kind: 'other', type: 'user_id_update' }] },
  },
  {
    id: 'w-old-wa-id',
    what: 'matches a press under the number without the ninth digit',
    source: 'wa_id may differ from the input',
    sentBefore: [askedOf('+55 71 99666-0007', 'wamid.O74', { input: CAIO, wa_id: '557196660007' })],
    webhook: [cloudPress('help', 'Support', 'wamid.O74', { from: '557196660007' }, { wa_id: '557196660007' })],
    expect: { ask: 'help', events: [{ kind: 'button-reply', sent: 0 }] },
  },
  {
    id: 'w-press-overtakes',
    what: 'resolves ask() by a press that arrives before the response with the user id',
    source: 'A callback may arrive before the response to its send',
    sentBefore: [
      overtaken(ask(questionTo(CAIO), OFFICIAL), cloudAccepts('wamid.O75', { ...CONTACT, user_id: CAIOS_ID })),
    ],
    webhook: [cloudPress('help', 'Support', 'wamid.O75', hidden(CAIOS_ID), contactOf(CAIOS_ID))],
    expect: { ask: 'help', events: [{ kind: 'button-reply', button: { id: 'help' }, sent: 0 }] },
  },
  {
    id: 'w-status-overtakes',
    what: 'applies a status that arrives before the response to its send',
    source: 'Meta, webhooks: in no sure order',
    sentBefore: [overtaken(send(questionTo(CAIO), OFFICIAL), cloudAccepts('wamid.O76', CONTACT))],
    webhook: [cloudStatus('delivered', 'wamid.O76', { recipient_id: CAIO })],
    expect: {
      events: [{ kind: 'message-status', status: 'delivered', sent: 0 }],
      of: ['delivered'],
      last: 'delivered',
    },
  },
  {
    id: 'w-typed-overtakes',
    what: 'resolves ask() by a number that arrives before the response to its send',
    source: 'A callback may arrive before the response to its send',
    sentBefore: [overtaken(ask(questionTo(CAIO), OFFICIAL), cloudAccepts('wamid.O77', CONTACT))],
    webhook: [cloudText('2', { from: CAIO }, { wa_id: CAIO })],
    expect: { ask: 'help', events: [helpTyped] },
  },
  {
    id: 'w-unknown-then-press',
    what: 'matches a press by its title after an unknown outcome',
    source: 'A message of unknown outcome is remembered too',
    sentBefore: [
      unanswered(
        send(question({ to: CAIO, buttons: [reply('slot-77aa', 'Às 9h'), reply('slot-88bb', 'Às 10h')] }), {
          ...OFFICIAL,
          timeoutMs: 1_000,
        }),
      ),
    ],
    webhook: [cloudPress('', 'Às 10h', 'wamid.O78', { from: CAIO }, { wa_id: CAIO })],
    expect: { events: [{ kind: 'button-reply', button: { id: 'slot-88bb', title: 'Às 10h' } }] },
  },
];
