import type { FieldCase, Fields } from './field-case.js';
import { answered, ask, question, questionTo, reply, send } from './messages.js';
import { zAccepts, zPress, zStatus, zText } from './z-api.bodies.js';

const CAIO = '5531997770003';
const CAIOS_LID = '92000000000033@lid';
const DORA = '5571996660004';
const DORAS_LID = '92000000000044@lid';
const GROUP = '120363019502650977-group';

const sentTo = (to: unknown, number: number) => answered(send(questionTo(to)), zAccepts(number));
const from = (phone: string | undefined, lid?: string): Fields => ({ phone, chatLid: lid });
const helpTyped = { kind: 'button-reply', button: { id: 'help' }, typed: true, sent: 0 };
const exists = (body: unknown) => ({ to: 'GET', status: 200, body });

/** Sends to one form of the number, and replies from another one. */
const otherWriting = (id: string, what: string, to: string, heardFrom: string): FieldCase => ({
  id,
  what,
  source:
    'One person has one number, however it is written: the ninth digit of Brazil, 521 of Mexico, 549 of Argentina',
  sentBefore: [sentTo(to, 40)],
  webhook: [zText('Support', from(heardFrom))],
  expect: { events: [helpTyped] },
});

const doesNotExist = (id: string, body: unknown): FieldCase => ({
  id,
  what: `reads ${JSON.stringify(body)} from phone-exists as a number that does not exist`,
  source: 'Vendor reports: null, [] or {} with 200',
  call: { call: 'ZApiService.phoneExists', args: [CAIO] },
  answer: [exists(body)],
  expect: { result: { exists: false }, requests: 1 },
});

export const zApiIdentityCases: FieldCase[] = [
  {
    id: 'z-both-lids',
    what: 'reads senderLid and chatLid of a private chat as one person',
    source: 'Vendor documentation on lids: both fields, chatLid in more callbacks',
    webhook: [zText('oi', { ...from(CAIO, CAIOS_LID), senderLid: CAIOS_LID })],
    expect: { events: [{ kind: 'text-message', from: { phone: CAIO, lid: CAIOS_LID } }] },
  },
  {
    id: 'z-sender-lid-alone',
    what: 'does not report a lid in phone and senderLid as a phone number',
    source: 'Vendor documentation on lids',
    platform: 'fastify',
    webhook: [zText('oi', { ...from(CAIOS_LID), senderLid: CAIOS_LID })],
    expect: { events: [{ kind: 'text-message', from: { phone: null, lid: CAIOS_LID } }] },
  },
  {
    id: 'z-digits-of-the-lid',
    what: 'does not report the digits of a lid as a phone number',
    source: "A published client's tests: the lid in phone, without its ending, beside chatLid or senderLid",
    webhook: [
      zText('oi', { messageId: 'IN1', ...from('92000000000033', CAIOS_LID) }),
      zText('oi', { messageId: 'IN2', phone: '92000000000033', senderLid: CAIOS_LID }),
      zStatus('READ', 'MSG99', from('92000000000033', CAIOS_LID)),
    ],
    expect: {
      events: [
        { kind: 'text-message', from: { phone: null, lid: CAIOS_LID } },
        { kind: 'text-message', from: { phone: null, lid: CAIOS_LID } },
        { kind: 'message-status', recipient: { phone: null, lid: CAIOS_LID } },
      ],
    },
  },
  {
    id: 'z-digits-of-the-lid-pressed',
    what: 'matches a press under the digits of a known lid',
    source: "A published client's tests: the lid in phone, without its ending, beside chatLid or senderLid",
    heardBefore: [zText('oi', { messageId: 'IN0', ...from(CAIO, CAIOS_LID) })],
    sentBefore: [answered(ask(questionTo(CAIO)), zAccepts(48))],
    webhook: [zPress('help', 'Support', 'MSG48', from('92000000000033', CAIOS_LID))],
    expect: { ask: 'help', events: [{ kind: 'button-reply', button: { id: 'help' }, sent: 0 }] },
  },
  {
    id: 'z-group-participant',
    what: "reads phone number and lid of a group's participant",
    source: 'Vendor documentation: phone is the group, participantPhone and participantLid the person',
    webhook: [
      zText('oi', { phone: GROUP, isGroup: true, participantPhone: CAIO, participantLid: CAIOS_LID, chatLid: null }),
    ],
    expect: { events: [{ kind: 'text-message', from: { group: GROUP, phone: CAIO, lid: CAIOS_LID } }] },
  },
  {
    id: 'z-group-participant-lid-as-phone',
    what: 'does not report a lid in participantPhone as a phone number',
    source: 'Vendor documentation on lids: the lid may stand in phone; `phone` of an event is digits or absent',
    webhook: [zText('oi', { phone: GROUP, isGroup: true, participantPhone: CAIOS_LID })],
    expect: { events: [{ kind: 'text-message', from: { group: GROUP, phone: null, lid: CAIOS_LID } }] },
  },
  {
    id: 'z-ending-of-whatsapp',
    what: "reports a number with WhatsApp's suffix as digits or not at all",
    source: '`phone` of an event is digits or absent, never anything else',
    webhook: [zText('oi', from(`${CAIO}@c.us`))],
    expect: { events: [{ kind: 'text-message', from: { phone: [CAIO, null] } }] },
  },
  {
    id: 'z-lid-pair-turned',
    what: 'matches a reply under the number to a message sent to the lid',
    source: 'Learned pairs hold both ways: answers are matched by any of them',
    heardBefore: [zText('oi', { messageId: 'IN0', ...from(CAIO, CAIOS_LID) })],
    sentBefore: [sentTo(CAIOS_LID, 41)],
    webhook: [zText('support', from(CAIO))],
    expect: { events: [helpTyped] },
  },
  {
    id: 'z-lid-pair-of-a-group',
    what: 'matches a reply under a lid that was received in a group',
    source: 'Callbacks with both teach the pair, whatever their chat',
    heardBefore: [
      zText('oi', { messageId: 'IN0', phone: GROUP, isGroup: true, participantPhone: CAIO, participantLid: CAIOS_LID }),
    ],
    sentBefore: [sentTo(CAIO, 42)],
    webhook: [zText('Support', from(CAIOS_LID, CAIOS_LID))],
    expect: { events: [helpTyped] },
  },
  {
    id: 'z-lid-pair-of-another',
    what: "does not match the same text under another person's lid",
    source: 'The sender of a reply must be the recipient',
    heardBefore: [
      zText('oi', { messageId: 'IN0', ...from(CAIO, CAIOS_LID) }),
      zText('oi', { messageId: 'IN00', ...from(DORA, DORAS_LID) }),
    ],
    sentBefore: [answered(ask(questionTo(CAIO)), zAccepts(43))],
    webhook: [zText('Support', from(DORAS_LID, DORAS_LID))],
    expect: { ask: 'open', events: [{ kind: 'text-message', text: 'Support', sent: null }] },
  },
  {
    id: 'z-quote-of-another-lid',
    what: "does not match a quote under another person's lid",
    source: 'The sender must be the recipient, whatever it quotes',
    heardBefore: [zText('oi', { messageId: 'IN00', ...from(DORA, DORAS_LID) })],
    sentBefore: [answered(ask(questionTo(CAIO)), zAccepts(44))],
    webhook: [zPress('sales', 'Sales', 'MSG44', from(DORAS_LID, DORAS_LID))],
    expect: { ask: 'open', events: [{ kind: 'button-reply', inReplyTo: 'MSG44', sent: null }] },
  },
  {
    id: 'z-quote-teaches',
    what: 'learns a lid from a private quote',
    source: 'Only its recipient can quote a message in a private chat',
    sentBefore: [
      sentTo(CAIO, 45),
      answered(
        send(question({ to: CAIO, text: 'Quando?', buttons: [reply('am', 'De manhã'), reply('pm', 'À tarde')] })),
        zAccepts(46),
      ),
    ],
    webhook: [
      zPress('sales', 'Sales', 'MSG45', { messageId: 'IN1', ...from(CAIOS_LID, CAIOS_LID) }),
      zText('à tarde', { messageId: 'IN2', ...from(CAIOS_LID, CAIOS_LID) }),
    ],
    expect: {
      events: [
        { kind: 'button-reply', button: { id: 'sales' }, sent: 0 },
        { kind: 'button-reply', button: { id: 'pm' }, typed: true, sent: 1 },
      ],
    },
  },
  {
    id: 'z-phone-exists-other-writing',
    what: 'learns a lid from phone-exists with another form of the number',
    source: 'Vendor documentation: the ninth digit may come added or removed',
    sentBefore: [
      answered(
        { call: 'ZApiService.phoneExists', args: [CAIO] },
        exists([{ exists: true, phone: '553197770003', lid: CAIOS_LID }]),
      ),
      answered(ask(questionTo(CAIO)), zAccepts(47)),
    ],
    webhook: [zText('1', from(CAIOS_LID))],
    expect: { ask: 'sales', events: [{ kind: 'button-reply', typed: true, sent: 1 }] },
  },
  doesNotExist('z-phone-exists-empty-list', []),
  doesNotExist('z-phone-exists-empty-object', {}),
  {
    id: 'z-send-to-lid',
    what: 'sends to a lid given as a string',
    source: 'Vendor documentation: phone takes …@lid',
    call: send(questionTo(CAIOS_LID)),
    expect: { requests: [{ path: 'send-button-actions', body: { phone: CAIOS_LID } }] },
  },
  {
    id: 'z-send-to-lid-by-name',
    what: 'sends to a recipient { lid }',
    source: 'The agreed API: MessageRecipient',
    call: send(questionTo({ lid: CAIOS_LID })),
    expect: { requests: [{ path: 'send-button-actions', body: { phone: CAIOS_LID } }] },
  },
  otherWriting(
    'z-without-ninth-digit',
    'matches a reply without the ninth digit to a number with it',
    CAIO,
    '553197770003',
  ),
  otherWriting(
    'z-with-ninth-digit',
    'matches a reply with the ninth digit to a number without it',
    '+55 31 9777-0003',
    CAIO,
  ),
  otherWriting('z-mexico', 'matches a reply from 521 to a message sent to +52', '+52 55 1234 5678', '5215512345678'),
  otherWriting('z-mexico-turned', 'matches a reply from 52 to a message sent to 521', '5215512345678', '525512345678'),
  otherWriting('z-argentina', 'matches a reply from 549 to a message sent to +54', '+54 11 2345-6789', '5491123456789'),
  otherWriting(
    'z-argentina-turned',
    'matches a reply from 54 to a message sent to +54 9',
    '+54 9 11 2345-6789',
    '541123456789',
  ),
  otherWriting('z-peru', 'matches a reply from a number of Peru', '+51 912 345 678', '51912345678'),
];
