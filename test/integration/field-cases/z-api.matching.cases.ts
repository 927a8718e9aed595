import type { FieldCase, Fields, Hook } from './field-case.js';
import { ANA, answered, ask, BIA, question, questionTo, reply, send, unanswered } from './messages.js';
import { zAccepts, zHook, zPress, zReceived, zStatus, zText } from './z-api.bodies.js';

const GROUP = '120363019502650977-group';
const asked = (number: number) => answered(ask(question()), zAccepts(number));
const WORDS = ['text-message', 'button-reply', 'message'];

/** Says a title, or a number, and answers nothing. */
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
    'What the owner types on the telephone answers nothing',
    'Vendor documentation: fromMe is an echo, never a reply',
    zText('Sales', { fromMe: true }),
    { none: WORDS },
  ),
  answersNothing(
    'z-echo-of-the-api',
    'An echo of an own number answers nothing',
    'Vendor documentation: fromMe with fromApi',
    zText('2', { fromMe: true, fromApi: true }),
    { none: WORDS },
  ),
  answersNothing(
    'z-status-post',
    'A status post that says a title is not an event',
    'Status posts are no events of this account',
    zText('Sales', { phone: 'status@broadcast' }),
    { none: WORDS },
  ),
  answersNothing(
    'z-channel-without-mark',
    'A newsletter in phone is a channel, also without isNewsletter',
    'Vendor documentation: newsletters are …@newsletter',
    zText('1', { phone: '120363000000000077@newsletter' }),
    { none: WORDS },
  ),
  answersNothing(
    'z-group-number',
    'A number typed in a group by the person asked answers no private question',
    'A group\'s "1" answers nothing private',
    zText('1', { phone: GROUP, isGroup: true, participantPhone: ANA }),
    { events: [{ kind: 'text-message', from: { group: GROUP }, sent: null }] },
  ),
  answersNothing(
    'z-story-number',
    'A reply to a story that says a number answers nothing',
    'Vendor documentation, isStatusReply',
    zText('2', { isStatusReply: true }),
    { events: [{ kind: 'text-message', text: '2', sent: null }] },
  ),
  answersNothing(
    'z-edit-to-a-title',
    'An edit to a title answers nothing',
    'Edits never answer a question',
    zText('Support', { messageId: 'OLD1', isEdit: true, editMessageId: 'EDIT1' }),
    { events: [{ kind: 'message', type: 'edit', text: 'Support' }] },
  ),
  answersNothing(
    'z-foreign-quote-of-a-title',
    'A stranger who quotes and types a title answers nothing',
    'The sender must be the recipient, whatever it quotes',
    zText('Sales', { phone: BIA, referenceMessageId: 'MSG50' }),
    { events: [{ kind: 'text-message', inReplyTo: 'MSG50', sent: null }] },
  ),
  {
    id: 'z-press-never-offered',
    what: 'A press of a button that the message never had answers nothing',
    source: 'A button only counts where it was offered',
    sentBefore: [asked(51)],
    webhook: [zPress('vip', 'VIP', 'MSG51')],
    expect: { ask: 'open', events: [{ kind: 'button-reply', inReplyTo: 'MSG51', sent: null }] },
  },
  {
    id: 'z-press-of-another-message',
    what: 'A button of one message under the id of another answers nothing',
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
    what: "An offered id counts before another button's equal label",
    source: 'A label counts as id only when no offered id equals it',
    sentBefore: [
      answered(send(question({ buttons: [reply('Support', 'Sales'), reply('x', 'Support')] })), zAccepts(54)),
    ],
    webhook: [zPress('Support', 'Sales', 'MSG54')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'Support', title: 'Sales' }, sent: 0 }] },
  },
  {
    id: 'z-group-press',
    what: 'A press in the group that was written to is an answer, by any participant',
    source: 'Same group: the sender is the recipient',
    sentBefore: [answered(send(questionTo({ group: GROUP })), zAccepts(55))],
    webhook: [zPress('help', 'Support', 'MSG55', { phone: GROUP, isGroup: true, participantPhone: BIA })],
    expect: { events: [{ kind: 'button-reply', from: { group: GROUP, phone: BIA }, button: { id: 'help' }, sent: 0 }] },
  },
  {
    id: 'z-waiting-press',
    what: 'A press that follows under the id of a waiting message is heard once',
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
    what: 'Two presses without a messageId at other times are two',
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
    what: 'After an unknown outcome a typed title is the answer',
    source: 'A message of unknown outcome is remembered too',
    sentBefore: [unanswered(send(question(), { timeoutMs: 1_000 }))],
    webhook: [zText('support')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'help' }, typed: true }] },
  },
  {
    id: 'z-unknown-press-settles',
    what: 'A press that brings back the button of an unknown send settles it as sent',
    source: 'A press that brings back a token of ours is certain proof',
    sentBefore: [
      unanswered(send(question({ text: 'Às 11h?', buttons: [reply('slot-c07e', 'Pode ser')] }), { timeoutMs: 1_000 })),
    ],
    webhook: [zPress('$button 0', 'Pode ser', 'MSG58')],
    expect: { settled: [0], events: [{ kind: 'button-reply', button: { id: 'slot-c07e' } }] },
  },
  {
    id: 'z-other-instance-status',
    what: 'A status of another instance under our id is not a status of ours',
    source: 'Every body names its instance',
    sentBefore: [answered(send(question()), zAccepts(59))],
    webhook: [zStatus('READ', 'MSG59', { instanceId: 'INST9' })],
    expect: { http: [200, 401, 403], none: ['message-status'], of: [] },
  },
  {
    id: 'z-other-instance-with-our-token',
    what: 'A press of another instance is not an event, though our token came with it',
    source: 'Every body names its instance',
    sentBefore: [asked(60)],
    webhook: [zPress('sales', 'Sales', 'MSG60', { instanceId: 'INST9' })],
    expect: { http: [200, 401, 403], none: WORDS, ask: 'open' },
  },
  {
    id: 'z-callback-of-tomorrow',
    what: 'An unknown kind of callback comes as it is',
    source: 'The agreed API: kind other, type as the root type',
    webhook: [zHook('CallbackOfTomorrow', { something: 'new' })],
    expect: { events: [{ kind: 'other', type: 'CallbackOfTomorrow' }] },
  },
];
