import type { FieldCase, Fields } from './field-case.js';
import { ANA, answered, ask, overtaken, posted, question, questionTo, send } from './messages.js';
import { zAccepts, zDelivery, zPress, zStatus, zText } from './z-api.bodies.js';

const LATE = { lateFallback: 'text' };
const sentAs = (number: number) => answered(send(question()), zAccepts(number));
const OVERTAKES = 'Vendor documentation, queue: it sends 1 to 3 s after queuing, and the response may take longer';

interface Words {
  id: string;
  error: string;
  errorCode?: string;
  category: string | string[];
  /** The number of texts that late fallback sends. */
  texts: number;
}

const DELIVERY_ERRORS: Words[] = [
  { id: 'recipient', error: 'Phone number does not exist', category: 'recipient', texts: 0 },
  {
    id: 'likely-ban',
    error: 'The message was not sent due to a likely shadow ban',
    category: 'account-restricted',
    texts: 0,
  },
  {
    id: 'likely-ban-with-code',
    error: 'The message was not sent due to a likely shadow ban',
    errorCode: 'SHADOW_BAN',
    category: 'account-restricted',
    texts: 0,
  },
  {
    id: 'rejected-with-other-code',
    error: 'Whatsapp rejected sending this message',
    errorCode: 'SOMETHING_ELSE',
    category: 'account-restricted',
    texts: 0,
  },
  {
    id: 'ban-by-code',
    error: 'Message could not be sent',
    errorCode: 'SHADOW_BAN',
    category: 'account-restricted',
    texts: 0,
  },
  { id: 'channels', error: 'Button messages are not available to channels.', category: 'buttons-refused', texts: 1 },
  { id: 'time-out', error: 'Timeout on send message', category: ['unavailable', 'unknown'], texts: 0 },
  { id: 'new-words', error: 'Something that has no name yet', category: 'unknown', texts: 0 },
];

const deliveryErrorCases = DELIVERY_ERRORS.map(
  ({ id, error, errorCode, category, texts }): FieldCase => ({
    id: `z-delivery-${id}`,
    what: `reports "${error}"${errorCode ? ` with ${errorCode}` : ''} as ${[category].flat().join(' or ')}, and sends ${texts} texts`,
    source: 'Vendor documentation, errors of the send callback; a text only when the buttons were rejected',
    sentBefore: [answered(send(question(), LATE), zAccepts(61))],
    webhook: [zDelivery({ messageId: 'MSG61', zaapId: 'ZAAP61' }, error, { errorCode })],
    expect: {
      events: [{ kind: 'message-status', status: 'failed', category, reason: error, sent: 0 }],
      requests: texts,
    },
  }),
);

const heldUp = (id: string, what: string, more: Pick<FieldCase, 'sentBefore' | 'webhook' | 'expect'>): FieldCase => ({
  id,
  what,
  source: OVERTAKES,
  ...more,
});

const statuses = (...names: string[]): Pick<FieldCase['expect'], 'of'> & { last: string } => ({
  of: names,
  last: names.at(-1) ?? '',
});

const failedAnswer = (id: string, status: number, error: string, expected: Fields): FieldCase => ({
  id,
  what: `reads "${error}" with ${status} as ${expected.class}`,
  source: 'Vendor documentation and field reports, error bodies',
  call: send(question()),
  answer: [posted(status, { error })],
  expect: { error: { outcome: 'not-sent', ...expected }, requests: 1 },
});

const goesOn = (id: string, status: number, error: string): FieldCase => ({
  id,
  what: `continues failover after "${error}"`,
  source: "What is the account's own affair does not end the failover",
  call: send(question(), { via: ['sales', 'official'] }),
  answer: [posted(status, { error }, { to: 'POST /instances/' })],
  expect: { result: { account: 'official', tried: [{ account: 'sales' }] } },
});

export const zApiStatusCases: FieldCase[] = [
  ...deliveryErrorCases,
  {
    id: 'z-delivery-invalid-params',
    what: 'reports invalid request params with the category request',
    source: 'Vendor documentation, errors of the send callback',
    sentBefore: [sentAs(62)],
    webhook: [zDelivery({ messageId: 'MSG62' }, 'Message has not been sent because it got invalid request params.')],
    expect: { events: [{ kind: 'message-status', status: 'failed', category: 'request', sent: 0 }], of: ['failed'] },
  },
  {
    id: 'z-failed-after-read',
    what: 'ignores a failure after the message was read',
    source: 'What was read cannot have failed',
    sentBefore: [sentAs(63)],
    webhook: [zStatus('READ', 'MSG63'), zDelivery({ messageId: 'MSG63' }, 'Timeout on send message')],
    expect: statuses('read'),
  },
  {
    id: 'z-failed-then-played',
    what: 'reports played after a failure',
    source: 'failed is not the end: a later delivered, read or played wins',
    sentBefore: [sentAs(64)],
    webhook: [zDelivery({ zaapId: 'ZAAP64' }, 'Timeout on send message'), zStatus('PLAYED', 'MSG64')],
    expect: statuses('failed', 'played'),
  },
  {
    id: 'z-read-by-me',
    what: 'ignores READ_BY_ME',
    source: 'The agreed API',
    sentBefore: [sentAs(65)],
    webhook: [zStatus('READ_BY_ME', 'MSG65'), zStatus('RECEIVED', 'MSG65')],
    expect: statuses('delivered'),
  },
  {
    id: 'z-sent-by-zaap-id',
    what: 'matches a delivery callback with only a zaapId',
    source: 'Vendor documentation: both ids name the message',
    sentBefore: [sentAs(66)],
    webhook: [zDelivery({ zaapId: 'ZAAP66' })],
    expect: { events: [{ kind: 'message-status', status: 'sent', sent: 0 }], of: ['sent'] },
  },
  {
    id: 'z-status-of-one-id',
    what: 'matches a status whose ids is a string',
    source: 'Vendor documentation, table of the status callback: ids is a string; its samples have a list',
    sentBefore: [sentAs(76)],
    webhook: [zStatus('READ', 'MSG76', { ids: 'MSG76' })],
    expect: { events: [{ kind: 'message-status', status: 'read', sent: 0 }], of: ['read'] },
  },
  {
    id: 'z-status-by-zaap-id',
    what: 'matches a status whose ids contains the zaapId',
    source: 'Both ids name the message',
    sentBefore: [sentAs(67)],
    webhook: [zStatus('RECEIVED', 'ZAAP67')],
    expect: { events: [{ kind: 'message-status', status: 'delivered', sent: 0 }], of: ['delivered'] },
  },
  heldUp('z-status-overtakes', 'applies a status that arrives before the response to its send', {
    sentBefore: [overtaken(send(question()), zAccepts(68))],
    webhook: [zStatus('RECEIVED', 'MSG68')],
    expect: { events: [{ kind: 'message-status', status: 'delivered', sent: 0 }], of: ['delivered'] },
  }),
  heldUp('z-failure-by-zaap-id-overtakes', 'applies an early failure with only a zaapId, without late fallback', {
    sentBefore: [overtaken(send(question(), LATE), zAccepts(69))],
    webhook: [zDelivery({ zaapId: 'ZAAP69' }, 'Whatsapp rejected sending this message')],
    expect: {
      events: [{ kind: 'message-status', status: 'failed', category: 'account-restricted', sent: 0 }],
      of: ['failed'],
      requests: 0,
    },
  }),
  heldUp('z-typed-overtakes', 'resolves ask() by a title that arrives before the response to its send', {
    sentBefore: [overtaken(ask(question()), zAccepts(70))],
    webhook: [zText('support')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'help' }, typed: true, sent: 0 }], ask: 'help' },
  }),
  heldUp('z-press-overtakes-a-send', 'matches a press that arrives before the response to its send', {
    sentBefore: [overtaken(send(question()), zAccepts(71))],
    webhook: [zPress('help', 'Support', 'MSG71')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'help' }, sent: 0 }] },
  }),
  heldUp('z-foreign-press-overtakes', 'does not match an early press by another person', {
    sentBefore: [overtaken(ask(question()), zAccepts(72))],
    webhook: [zPress('help', 'Support', 'MSG72', { phone: '5541995550005' })],
    expect: { events: [{ kind: 'button-reply', sent: null }], ask: 'open' },
  }),
  {
    id: 'z-nothing-after-a-ban',
    what: 'uses the next account after a shadow ban',
    source: 'Vendor documentation on blocks and bans: send nothing more for a while',
    sentBefore: [sentAs(73)],
    webhook: [zDelivery({ messageId: 'MSG73' }, 'Whatsapp rejected sending this message', { errorCode: 'SHADOW_BAN' })],
    call: send(questionTo('5541995550006'), { via: ['sales', 'official'] }),
    expect: { result: { account: 'official', tried: [{ account: 'sales' }] }, requests: 1 },
  },
  failedAnswer('z-answer-does-not-exist', 200, 'Phone number does not exist', {
    class: 'RecipientNotFoundError',
    category: 'recipient',
  }),
  failedAnswer('z-answer-not-exists-400', 400, 'phone not exists', {
    class: 'RecipientNotFoundError',
    category: 'recipient',
  }),
  failedAnswer('z-answer-client-token', 403, 'Client-Token not allowed', {
    class: 'AuthenticationError',
    category: 'authentication',
  }),
  failedAnswer('z-answer-address', 403, '[203.0.113.9] not allowed', {
    class: 'PermissionError',
    category: 'permission',
  }),
  goesOn('z-via-instance', 404, 'Instance not found'),
  goesOn('z-via-subscription', 400, 'To continue sending a message, you must subscribe to this instance again'),
  goesOn('z-via-address', 403, '[203.0.113.9] not allowed'),
  {
    id: 'z-via-stops-at-a-missing-number',
    what: 'stops failover after a number that does not exist',
    source: 'Failover goes on after what is the affair of the account, never after another error',
    call: send(question(), { via: ['sales', 'official'] }),
    answer: [posted(200, { error: 'phone not exists' }, { to: 'POST /instances/' })],
    expect: { error: { class: 'RecipientNotFoundError', outcome: 'not-sent' }, requests: 1 },
  },
  {
    id: 'z-provider-ids-of-one',
    what: 'returns a zaapId as the only provider id',
    source: 'Vendor documentation: success is messageId or zaapId',
    call: send(question()),
    answer: [posted(200, { zaapId: 'ZAAP74' })],
    expect: { result: { providerIds: { all: ['ZAAP74'] } }, requests: 1 },
  },
  {
    id: 'z-delivery-of-a-stranger',
    what: 'emits a failure of an unknown message without sent',
    source: 'An id names one message',
    sentBefore: [answered(send(question(), LATE), zAccepts(75))],
    webhook: [
      zDelivery(
        { messageId: 'MSG99', zaapId: 'ZAAP99' },
        'You must accept buttons message terms in panel to send this message.',
        {
          phone: ANA,
        },
      ),
    ],
    expect: { events: [{ kind: 'message-status', status: 'failed', sent: null }], of: [], requests: 0 },
  },
];
