import type { FieldCase, Fields } from './field-case.js';
import { ANA, answered, ask, BIA, question, questionTo, reply, send, unanswered } from './messages.js';
import {
  ANAS_CONTACT,
  ANAS_USER_ID,
  cloudAccepts,
  cloudField,
  cloudMessage,
  cloudPress,
  cloudRefuses,
  cloudStatus,
  cloudText,
  failedWith,
  numbered,
  officialRefuses,
} from './whatsapp-cloud.bodies.js';

const OFFICIAL = { account: 'official' };
const NAMELESS = { from: undefined, from_user_id: ANAS_USER_ID };
const HIDDEN: Fields = { profile: { name: 'Ana' }, user_id: ANAS_USER_ID };
const SECOND: Fields = {
  provider: 'whatsapp-cloud',
  name: 'second',
  phoneNumberId: '777000',
  accessToken: 'access-of-second',
  appSecret: 'secret-of-second',
};

const sentAs = (id: string) => answered(send(question(), OFFICIAL), cloudAccepts(id));
const askedAs = (id: string, contact?: Fields) => answered(ask(question(), OFFICIAL), cloudAccepts(id, contact));

const GROUP = 'Y2FwaV9ncm91cDoz';
const readInGroup = (by: string) =>
  cloudStatus('read', 'wamid.G9', { recipient_id: GROUP, recipient_type: 'group', recipient_participant_id: by });

/** Expects that failover continues after this code of the account `official`. */
const goesOnAfter = (code: number, why: string, status = 400): FieldCase => ({
  id: `w-via-${code}`,
  what: `continues failover after ${code} (${why})`,
  source: 'Meta, error codes: it is the account that must act',
  call: send(question(), { via: ['official', 'sales'] }),
  answer: [officialRefuses(code, status)],
  expect: { result: { account: 'sales', tried: [{ account: 'official' }] } },
});

const isOfCategory = (code: number, category: string): FieldCase => ({
  id: `w-category-${code}`,
  what: `reports ${code} with the category ${category}`,
  source: 'Meta, error codes: sorted by who must act',
  call: send(question(), OFFICIAL),
  answer: [cloudRefuses(code)],
  expect: { error: { outcome: 'not-sent', category }, requests: 1 },
});

export const whatsAppCloudCases: FieldCase[] = [
  {
    id: 'w-user-id-press',
    what: "matches a press under the user id that the send's response contained",
    source: 'Meta, business-scoped user ids (2026): from and wa_id may be absent; seen since August 2026',
    sentBefore: [askedAs('wamid.O1', { input: ANA, wa_id: ANA, user_id: ANAS_USER_ID })],
    webhook: [
      cloudPress('sales', 'Sales', 'wamid.O1', NAMELESS, { ...HIDDEN, profile: { name: 'Ana', username: 'ana.s' } }),
    ],
    expect: {
      events: [
        { kind: 'button-reply', button: { id: 'sales' }, from: { userId: ANAS_USER_ID, username: 'ana.s' }, sent: 0 },
      ],
      ask: 'sales',
    },
  },
  {
    id: 'w-user-id-text',
    what: 'emits a text without a phone number',
    source: 'As w-user-id-press: the response was 200, and the text was lost',
    webhook: [
      cloudText(
        'hello',
        { ...NAMELESS, from_parent_user_id: 'BR.ENT.7A8B9C' },
        { ...HIDDEN, parent_user_id: 'BR.ENT.7A8B9C' },
      ),
    ],
    expect: {
      events: [
        {
          kind: 'text-message',
          text: 'hello',
          from: { userId: ANAS_USER_ID, parentUserId: 'BR.ENT.7A8B9C', phone: null, name: 'Ana' },
        },
      ],
    },
  },
  {
    id: 'w-user-id-in-from',
    what: 'does not report a user id in from as a phone number',
    source: 'Field report: seen so; answering it threw',
    webhook: [
      cloudText('hello', { from: ANAS_USER_ID, from_user_id: ANAS_USER_ID }, { ...HIDDEN, wa_id: ANAS_USER_ID }),
    ],
    expect: { events: [{ kind: 'text-message', from: { userId: ANAS_USER_ID, phone: null } }] },
  },
  {
    id: 'w-send-to-user-id',
    what: 'sends to a user id as recipient',
    source: 'Meta, business-scoped user ids: recipient in place of to',
    call: send(questionTo(ANAS_USER_ID), OFFICIAL),
    answer: [cloudAccepts('wamid.O4', { input: ANAS_USER_ID, user_id: ANAS_USER_ID })],
    expect: { request: { body: { recipient: ANAS_USER_ID, to: null } }, result: { messageId: 'wamid.O4' } },
  },
  {
    id: 'w-user-id-learned',
    what: 'matches a reply under a user id that was once received with the number',
    source: 'As w-user-id-press',
    heardBefore: [
      cloudText('hi', { id: 'wamid.I5', from_user_id: ANAS_USER_ID }, { ...ANAS_CONTACT, user_id: ANAS_USER_ID }),
    ],
    sentBefore: [sentAs('wamid.O5')],
    webhook: [cloudText('Sales', { id: 'wamid.I6', ...NAMELESS }, HIDDEN)],
    expect: { events: [{ kind: 'button-reply', button: { id: 'sales' }, typed: true, sent: 0 }] },
  },
  {
    id: 'w-group-text',
    what: 'does not match a title typed in a group',
    source: 'Meta, Groups API: group_id marks it',
    sentBefore: [askedAs('wamid.O7')],
    webhook: [cloudText('Sales', { group_id: GROUP })],
    expect: {
      ask: 'open',
      events: [{ kind: 'text-message', from: { phone: ANA, group: GROUP }, sent: null }],
      none: ['button-reply'],
    },
  },
  {
    id: 'w-payment-status',
    what: 'does not report a failed payment as a failed message',
    source: 'Meta, payments: statuses have a type',
    sentBefore: [sentAs('wamid.O8')],
    webhook: [
      cloudStatus('failed', 'wamid.O8', {
        from: ANA,
        recipient_id: undefined,
        type: 'payment',
        payment: { reference_id: 'order-8' },
      }),
      cloudStatus('delivered', 'wamid.O8'),
    ],
    expect: { of: ['delivered'], last: 'delivered' },
  },
  {
    id: 'w-group-receipts',
    what: 'emits the read status of each participant of a group',
    source: "Meta, Groups API; a client's fixtures",
    webhook: [readInGroup('5511988880003'), readInGroup('5511988880004')],
    expect: {
      events: [
        { kind: 'message-status', status: 'read' },
        { kind: 'message-status', status: 'read' },
      ],
    },
  },
  {
    id: 'w-other-number',
    what: "ignores webhooks of another account's number",
    source: 'One app often has a test and a live number; peers filter by default',
    more: [SECOND],
    webhook: [cloudMessage(pressContent('sales', 'Sales'), ANAS_CONTACT, '777000')],
    expect: { none: ['button-reply', 'text-message', 'message'] },
  },
  {
    id: 'w-failed-status',
    what: 'emits a failed status with code, category and recipient',
    source: 'Meta, webhooks: most rejections arrive this way, not as responses',
    sentBefore: [sentAs('wamid.O11')],
    webhook: [
      cloudStatus('failed', 'wamid.O11', {
        recipient_user_id: ANAS_USER_ID,
        ...failedWith(131049, { error_data: { details: 'healthy ecosystem' } }),
      }),
    ],
    expect: {
      events: [
        {
          kind: 'message-status',
          status: 'failed',
          code: '131049',
          category: 'capped',
          recipient: { phone: ANA, userId: ANAS_USER_ID },
          sent: 0,
        },
      ],
    },
  },
  {
    id: 'w-failed-then-delivered',
    what: 'reports delivered after a failure as undeliverable',
    source: 'Field report',
    sentBefore: [sentAs('wamid.O12')],
    webhook: [cloudStatus('failed', 'wamid.O12', failedWith(131026)), cloudStatus('delivered', 'wamid.O12')],
    expect: { of: ['failed', 'delivered'], last: 'delivered' },
  },
  {
    id: 'w-flow',
    what: 'emits a flow reply with its response',
    source: 'Meta, Flows; four trackers report it as data loss',
    sentBefore: [sentAs('wamid.O13')],
    webhook: [
      cloudMessage({
        context: { from: '551140000000', id: 'wamid.O13' },
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"ft-13","rating":"5"}' },
        },
      }),
    ],
    expect: {
      events: [
        {
          kind: 'message',
          type: 'flow',
          inReplyTo: 'wamid.O13',
          flow: { name: 'flow', response: { rating: '5' } },
          sent: 0,
        },
      ],
    },
  },
  {
    id: 'w-voice',
    what: 'emits a voice note',
    source: 'Meta, webhooks: it opens the 24 hours',
    webhook: [
      cloudMessage({
        type: 'audio',
        audio: { id: 'media-14', mime_type: 'audio/ogg; codecs=opus', sha256: 'x', voice: true },
      }),
    ],
    expect: {
      events: [
        {
          kind: 'message',
          type: 'audio',
          from: { phone: ANA },
          media: { id: 'media-14', mimeType: 'audio/ogg; codecs=opus' },
        },
      ],
    },
  },
  {
    id: 'w-reaction',
    what: 'emits a reaction with the message it refers to',
    source: 'Meta, webhooks',
    sentBefore: [sentAs('wamid.O16')],
    webhook: [cloudMessage({ type: 'reaction', reaction: { message_id: 'wamid.O16', emoji: '👍' } })],
    expect: {
      events: [{ kind: 'message', type: 'reaction', inReplyTo: 'wamid.O16', sent: 0 }],
      none: ['button-reply'],
    },
  },
  {
    id: 'w-edit',
    what: 'does not match an edit',
    source: "A client's fixtures of 2026",
    sentBefore: [askedAs('wamid.O17')],
    webhook: [
      cloudMessage({
        type: 'edit',
        edit: { original_message_id: 'wamid.I0', message: { type: 'text', text: { body: 'Sales' } } },
      }),
    ],
    expect: {
      ask: 'open',
      events: [{ kind: 'message', type: 'edit', text: 'Sales' }],
      none: ['button-reply', 'text-message'],
    },
  },
  {
    id: 'w-changed-number',
    what: 'emits a changed number with the previous and the current one',
    source: 'Meta, webhooks: the stored recipient is dead',
    webhook: [
      cloudField(
        'messages',
        numbered({
          messages: [
            {
              timestamp: '$now',
              from: ANA,
              id: 'wamid.I18',
              type: 'system',
              system: { type: 'user_changed_number', body: 'changed', wa_id: BIA },
            },
          ],
        }),
      ),
    ],
    expect: { events: [{ kind: 'identity', previous: { phone: ANA }, current: { phone: BIA } }] },
  },
  {
    id: 'w-changed-user-id',
    what: 'emits a changed user id from the field user_id_update',
    source: "Meta, business-scoped user ids; a client's samples",
    webhook: [
      cloudField(
        'user_id_update',
        numbered({
          contacts: [ANAS_CONTACT],
          user_id_update: [
            {
              wa_id: ANA,
              detail: 'updated',
              user_id: { previous: ANAS_USER_ID, current: 'BR.9Z8Y7X' },
              timestamp: '$now',
            },
          ],
        }),
      ),
    ],
    expect: { events: [{ kind: 'identity', previous: { userId: ANAS_USER_ID }, current: { userId: 'BR.9Z8Y7X' } }] },
  },
  {
    id: 'w-account-errors',
    what: 'emits an error of the account',
    source: "Two clients' fixtures: the only sign of a dead account",
    webhook: [
      cloudField('messages', numbered({ errors: [{ code: 0, title: 'The app user could not be authenticated' }] })),
    ],
    expect: { events: [{ kind: 'account', type: 'error', account: 'official' }] },
  },
  {
    id: 'w-account-restricted',
    what: 'emits a restriction of the account',
    source: "A client's fixtures; Meta, account_update",
    webhook: [
      cloudField('account_update', {
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1_777_594_009 }],
      }),
    ],
    expect: { events: [{ kind: 'account', type: 'restricted', account: 'official' }] },
  },
  {
    id: 'w-template-rejected',
    what: 'emits the status of a template',
    source: "A client's fixtures; Meta, message_template_status_update",
    webhook: [
      cloudField('message_template_status_update', {
        event: 'REJECTED',
        message_template_id: 21,
        message_template_name: 'reminder',
        message_template_language: 'pt_BR',
        reason: 'INVALID_FORMAT',
      }),
    ],
    expect: { events: [{ kind: 'account', type: 'template-status', account: 'official' }] },
  },
  {
    id: 'w-unknown-field',
    what: 'emits an unknown field as other',
    source: 'The agreed API: kind other',
    webhook: [cloudField('field_of_tomorrow', numbered({ something: { new: true } }))],
    expect: { http: 200, events: [{ kind: 'other' }] },
  },
  goesOnAfter(131042, 'payment'),
  goesOnAfter(131031, 'account-restricted', 403),
  goesOnAfter(133010, 'number-setup'),
  {
    id: 'w-window-via',
    what: 'continues failover after a closed window',
    source: 'Field report; Meta: the window belongs to one business number and one person',
    more: [SECOND],
    call: send(question(), { via: ['official', 'second'] }),
    answer: [officialRefuses(131047)],
    expect: { result: { account: 'second', tried: [{ account: 'official', code: 'window-closed' }] } },
  },
  isOfCategory(131049, 'capped'),
  isOfCategory(131052, 'media'),
  isOfCategory(132000, 'template'),
  {
    id: 'w-code-1',
    what: 'reports code 1 with a 500 as unknown, and stops failover',
    source: 'Meta, error codes: "invalid request or possible server error"',
    call: send(question(), { via: ['official', 'sales'] }),
    answer: [officialRefuses(1, 500)],
    expect: { error: { class: 'UnknownOutcomeError', outcome: 'unknown' }, requests: 1 },
  },
  {
    id: 'w-batch-of-a-dead-account',
    what: 'limits the requests of a batch to an account that cannot send',
    source: 'Field trial: 200 messages, 200 requests',
    module: { breaker: { failures: 5, coolDownMs: 10_000 } },
    call: {
      call: 'ButtonMessagingService.sendMany',
      args: [
        { repeat: 60, of: questionTo('55119888811') },
        { ...OFFICIAL, concurrency: 8, deadlineMs: 5_000 },
      ],
    },
    answer: [cloudRefuses(131042)],
    expect: { results: { failed: 60, outcome: 'not-sent' }, requestsAtMost: 30 },
  },
  {
    id: 'w-rest-named',
    what: 'reads the wait from X-Business-Use-Case-Usage',
    source: 'Graph API, rate limits: minutes in X-Business-Use-Case-Usage; there is no Retry-After',
    call: send(question(), OFFICIAL),
    answer: [cloudRefuses(80007, 400, { headers: usage(5) })],
    expect: {
      error: { class: 'RateLimitedError', outcome: 'not-sent', retryAfterMs: { from: 240_000, to: 360_000 } },
      requests: 1,
    },
  },
  {
    id: 'w-unknown-settled',
    what: 'settles an unknown outcome by a press of its button',
    source: 'Who presses it has it',
    sentBefore: [
      unanswered(
        send(question({ text: 'Às 10h?', buttons: [reply('slot-b72d', 'Sim')] }), { ...OFFICIAL, timeoutMs: 1_000 }),
      ),
    ],
    webhook: [cloudPress('$button 0', 'Sim', 'wamid.O36')],
    expect: { settled: [0], events: [{ kind: 'button-reply', button: { id: 'slot-b72d' } }] },
  },
];

function pressContent(id: string, title: string): Fields {
  return { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id, title } } };
}

function usage(minutes: number): Record<string, string> {
  const entry = { type: 'whatsapp', call_count: 100, estimated_time_to_regain_access: minutes };
  return { 'x-business-use-case-usage': JSON.stringify({ '10000000001': [entry] }) };
}
