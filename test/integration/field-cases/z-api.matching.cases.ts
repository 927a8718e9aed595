import type { FieldCase, Fields, Hook } from './field-case.js';
import { ANA, answered, ask, BIA, question, questionTo, reply, send, unanswered } from './messages.js';
import { zAccepts, zHook, zPress, zReceived, zStatus, zText } from './z-api.bodies.js';

const GROUP = '120363019502650977-group';
const asked = (number: number) => answered(ask(question()), zAccepts(number));
const WORDS = ['text-message', 'button-reply', 'message'];

/** Expects that a title or number does not match. */
const answersNothing = (id: string, what: string, source: string, hook: Hook, more: Fields = {}): FieldCase => ({
  id,
  what,
  source,
  sentBefore: [asked(50)],
  webhook: [hook],
  expect: { ask: 'open', none: ['button-reply'], ...more },
});

export const zApiMatchingCases: FieldCase[] = [
  answersNothing(
    'z-echo-of-the-owner',
    'ignores text that the owner types on the phone',
    'Vendor documentation: fromMe is an echo, never a reply',
    zText('Sales', { fromMe: true }),
    { none: WORDS },
  ),
  answersNothing(
    'z-echo-of-the-api',
    'ignores the echo of a number sent through the API',
    'Vendor documentation: fromMe with fromApi',
    zText('2', { fromMe: true, fromApi: true }),
    { none: WORDS },
  ),
  answersNothing(
    'z-status-post',
    'ignores a status post that contains a title',
    'Status posts are no events of this account',
    zText('Sales', { phone: 'status@broadcast' }),
    { none: WORDS },
  ),
  answersNothing(
    'z-channel-without-mark',
    'ignores a channel without isNewsletter',
    'Vendor documentation: newsletters are …@newsletter',
    zText('1', { phone: '120363000000000077@newsletter' }),
    { none: WORDS },
  ),
  answersNothing(
    'z-group-number',
    'does not match a number that the recipient types in a group',
    'A group\'s "1" answers nothing private',
    zText('1', { phone: GROUP, isGroup: true, participantPhone: ANA }),
    { events: [{ kind: 'text-message', from: { group: GROUP }, sent: null }] },
  ),
  answersNothing(
    'z-story-number',
    'does not match a story reply that contains a number',
    'Vendor documentation, isStatusReply',
    zText('2', { isStatusReply: true }),
    { events: [{ kind: 'text-message', text: '2', sent: null }] },
  ),
  answersNothing(
    'z-edit-to-a-title',
    'does not match an edit to a title',
    'Edits never answer a question',
    zText('Support', { messageId: 'OLD1', isEdit: true, editMessageId: 'EDIT1' }),
    { events: [{ kind: 'message', type: 'edit', text: 'Support' }] },
  ),
  answersNothing(
    'z-foreign-quote-of-a-title',
    'does not match a title typed by another person who quotes',
    'The sender must be the recipient, whatever it quotes',
    zText('Sales', { phone: BIA, referenceMessageId: 'MSG50' }),
    { events: [{ kind: 'text-message', inReplyTo: 'MSG50', sent: null }] },
  ),
  {
    id: 'z-press-never-offered',
    what: 'does not match a press of a button that the message did not have',
    source: 'A button only counts where it was offered',
    sentBefore: [asked(51)],
    webhook: [zPress('vip', 'VIP', 'MSG51')],
    expect: { ask: 'open', events: [{ kind: 'button-reply', inReplyTo: 'MSG51', sent: null }] },
  },
  {
    id: 'z-press-of-another-message',
    what: 'does not match a button under the id of another message',
    source: 'A button only counts where it was offered',
    sentBefore: [
      asked(52),
      answered(send(question({ buttons: [reply('am', 'Morning'), reply('pm', 'Evening')] })), zAccepts(53)),
    ],
    webhook: [zPress('am', 'Morning', 'MSG52')],
    expect: { ask: 'open', events: [{ kind: 'button-reply', inReplyTo: 'MSG52', sent: null }] },
  },
  {
    id: 'z-id-before-label',
    what: "prefers a button's id over another button's equal label",
    source: 'A label counts as id only when no offered id equals it',
    sentBefore: [
      answered(send(question({ buttons: [reply('Support', 'Sales'), reply('x', 'Support')] })), zAccepts(54)),
    ],
    webhook: [zPress('Support', 'Sales', 'MSG54')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'Support', title: 'Sales' }, sent: 0 }] },
  },
  {
    id: 'z-group-press',
    what: 'matches a press by any participant of the group sent to',
    source: 'Same group: the sender is the recipient',
    sentBefore: [answered(send(questionTo({ group: GROUP })), zAccepts(55))],
    webhook: [zPress('help', 'Support', 'MSG55', { phone: GROUP, isGroup: true, participantPhone: BIA })],
    expect: { events: [{ kind: 'button-reply', from: { group: GROUP, phone: BIA }, button: { id: 'help' }, sent: 0 }] },
  },
  {
    id: 'z-waiting-press',
    what: 'emits a press of a waiting message once',
    source: 'Vendor documentation: waitingMessage, then the content under the same id',
    sentBefore: [asked(56)],
    webhook: [
      zReceived({ messageId: 'IN56', waitingMessage: true }),
      zPress('help', 'Support', 'MSG56', { messageId: 'IN56', waitingMessage: false }),
      zPress('help', 'Support', 'MSG56', { messageId: 'IN56', waitingMessage: false }),
    ],
    expect: { ask: 'help', events: [{ kind: 'button-reply', sent: 0 }] },
  },
  {
    id: 'z-two-presses-without-id',
    what: 'emits two presses without a messageId separately',
    source: 'Field reports: an id is made of phone, content and momment',
    sentBefore: [answered(send(question()), zAccepts(57))],
    webhook: [
      zPress('sales', 'Sales', 'MSG57', { messageId: undefined }),
      zPress('help', 'Support', 'MSG57', { messageId: undefined }),
    ],
    expect: {
      events: [
        { kind: 'button-reply', button: { id: 'sales' }, sent: 0 },
        { kind: 'button-reply', button: { id: 'help' }, sent: 0 },
      ],
    },
  },
  {
    id: 'z-unknown-then-typed',
    what: 'matches a typed title after an unknown outcome',
    source: 'A message of unknown outcome is remembered too',
    sentBefore: [unanswered(send(question(), { timeoutMs: 1_000 }))],
    webhook: [zText('support')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'help' }, typed: true }] },
  },
  {
    id: 'z-unknown-press-settles',
    what: 'settles an unknown outcome by a press of its button',
    source: 'A press that brings back a token of ours is certain proof',
    sentBefore: [
      unanswered(send(question({ text: 'Às 11h?', buttons: [reply('slot-c07e', 'Pode ser')] }), { timeoutMs: 1_000 })),
    ],
    webhook: [zPress('$button 0', 'Pode ser', 'MSG58')],
    expect: { settled: [0], events: [{ kind: 'button-reply', button: { id: 'slot-c07e' } }] },
  },
  {
    id: 'z-other-instance-status',
    what: 'ignores a status of another instance',
    source: 'Every body names its instance',
    sentBefore: [answered(send(question()), zAccepts(59))],
    webhook: [zStatus('READ', 'MSG59', { instanceId: 'INST9' })],
    expect: { http: [200, 401, 403], none: ['message-status'], of: [] },
  },
  {
    id: 'z-other-instance-with-our-token',
    what: 'ignores a press of another instance, even with our token',
    source: 'Every body names its instance',
    sentBefore: [asked(60)],
    webhook: [zPress('sales', 'Sales', 'MSG60', { instanceId: 'INST9' })],
    expect: { http: [200, 401, 403], none: WORDS, ask: 'open' },
  },
  {
    id: 'z-callback-of-tomorrow',
    what: 'emits an unknown callback as other',
    source: 'The agreed API: kind other, type as the root type',
    webhook: [zHook('CallbackOfTomorrow', { something: 'new' })],
    expect: { events: [{ kind: 'other', type: 'CallbackOfTomorrow' }] },
  },
];
