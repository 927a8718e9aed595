import { conversation, pages, voltAccepts } from './chatvolt.bodies.js';
import type { FieldCase, Fields, Rule } from './field-case.js';
import { question, questionTo, send, words } from './messages.js';

const CAIO = '5571996660007';
const CAIOS_LID = '92000000000077@lid';
const SUPPORT = { account: 'support' };
const LOOKS_UP = { support: { lookUpConversations: true } };
const OPEN_API = "Vendor's published OpenAPI: the fields of a conversation";

const entry = (id: string, more: Fields = {}): Fields => conversation(id, { channelExternalId: CAIO, ...more });

/** Expects that the entry is Caio's, and receives the message. */
const finds = (id: string, what: string, more: Fields): FieldCase => ({
  id: `c-look-up-${id}`,
  what,
  source: OPEN_API,
  options: LOOKS_UP,
  call: send(questionTo(CAIO), SUPPORT),
  answer: [...pages([entry('conv-found', more)]), voltAccepts('cm-50')],
  expect: { request: { path: 'send-buttons', body: { conversationId: 'conv-found' } }, posts: 1 },
});

/** Expects that the entry is another chat, and is skipped. */
const passes = (id: string, what: string, more: Fields): FieldCase => ({
  id: `c-look-up-${id}`,
  what,
  source: OPEN_API,
  options: LOOKS_UP,
  call: send(questionTo(CAIO), SUPPORT),
  answer: pages([entry('conv-other', more)]),
  expect: { error: { class: 'RecipientNotFoundError', outcome: 'not-sent' }, posts: 0 },
});

/** Expects that the look-up fails, and nothing is sent. */
const fails = (
  id: string,
  what: string,
  rule: Omit<Rule, 'to'>,
  error: Fields = {},
  options: Fields = {},
): FieldCase => ({
  id: `c-look-up-${id}`,
  what,
  source: 'A failed look-up sends no message',
  options: LOOKS_UP,
  call: send(questionTo(CAIO), { ...SUPPORT, ...options }),
  answer: [{ to: 'GET /conversation', ...rule }],
  expect: { error: { outcome: 'not-sent', ...error }, posts: 0 },
});

export const chatvoltLookUpCases: FieldCase[] = [
  finds('zapper', 'finds a conversation on a Zapper channel', { channel: 'zapper-cloud' }),
  finds('ending', "finds a number with WhatsApp's suffix and no device", {
    channelExternalId: `${CAIO}@s.whatsapp.net`,
  }),
  finds('device', 'finds a number with a device of two digits', { channelExternalId: `${CAIO}:12@s.whatsapp.net` }),
  finds('old-number', 'finds a number without the ninth digit', { channelExternalId: '557196660007' }),
  finds('old-number-device', 'finds a number with a device and without the ninth digit', {
    channelExternalId: '557196660007:4@s.whatsapp.net',
    channel: 'zapi',
  }),
  finds('lid', 'finds a lid with the number among the participants', {
    channel: 'zapi',
    channelExternalId: CAIOS_LID,
    whatsappChatLid: CAIOS_LID,
    participantsContacts: [{ phoneNumber: CAIO }],
  }),
  passes('instagram', 'skips a conversation on Instagram', { channel: 'instagram' }),
  passes('website', 'skips a conversation on the website', { channel: 'website' }),
  passes('group', 'skips a group that contains the recipient', {
    isGroup: true,
    channelExternalId: '120363019502650977-group',
    participantsContacts: [{ phoneNumber: CAIO }],
  }),
  passes('group-of-digits', 'skips a group with the same digits', { isGroup: true }),
  passes('all-blocked', 'skips a blocked recipient', { blocked: true }),
  passes('longer', 'skips a longer number with the same start', { channelExternalId: `${CAIO}1` }),
  passes('shorter', 'skips a shorter number with the same end', { channelExternalId: '996660007' }),
  fails('silence', 'reports a look-up without a response as not sent', { end: 'silence' }, {}, { timeoutMs: 1_000 }),
  fails('html', 'reports a look-up that returns HTML as not sent', { status: 200, text: '<html>', type: 'text/html' }),
  fails('object', 'reports a look-up that does not return a list as not sent', { status: 200, body: { data: [] } }),
  fails(
    '401',
    'reports a look-up with a wrong key as not sent',
    { status: 401, body: { error: 'x' } },
    { class: 'AuthenticationError' },
  ),
  fails(
    '502',
    'reports a look-up with a 502 as not sent',
    { status: 502, text: 'Bad Gateway' },
    { class: 'ProviderUnavailableError' },
  ),
  fails(
    '429',
    'reports a rate-limited look-up as not sent',
    { status: 429, body: { error: 'Too many' }, headers: { 'retry-after': '60' } },
    { class: 'RateLimitedError' },
  ),
  {
    id: 'c-look-up-second-page-fails',
    what: 'reports a look-up that fails on page two as not sent, and frees the key',
    source: 'A failed look-up sends no message',
    options: LOOKS_UP,
    call: send(questionTo(CAIO), { ...SUPPORT, idempotencyKey: 'k-51' }),
    answer: [
      {
        to: 'GET /conversation',
        times: 1,
        status: 200,
        body: [entry('conv-x', { channelExternalId: '5571900000000' })],
      },
      { to: 'GET /conversation', status: 503, body: { error: 'down' } },
    ],
    again: { answer: [...pages([entry('conv-51')]), voltAccepts('cm-51')] },
    expect: { error: { outcome: 'not-sent' }, posts: 0, again: { result: { messageId: 'cm-51' }, posts: 1 } },
  },
  {
    id: 'c-look-up-remembered',
    what: 'remembers a conversation that was looked up',
    source: 'A look-up of every message costs every message a list',
    options: LOOKS_UP,
    call: send(questionTo(CAIO), SUPPORT),
    answer: [...pages([entry('conv-52')]), voltAccepts('cm-52')],
    again: {
      call: send(question({ to: '+55 71 99666-0007', text: 'And when?' }), SUPPORT),
      answer: [...pages([entry('conv-52')]), voltAccepts('cm-53')],
    },
    expect: { result: { messageId: 'cm-52' }, again: { result: { messageId: 'cm-53' }, gets: 0, posts: 1 } },
  },
  {
    id: 'c-look-up-right-among-wrong',
    what: 'finds the conversation among similar ones',
    source: OPEN_API,
    options: LOOKS_UP,
    call: send(questionTo(CAIO), SUPPORT),
    answer: [
      ...pages(
        [entry('conv-t', { channel: 'telegram' }), entry('conv-g', { isGroup: true })],
        [entry('conv-b', { blocked: true }), entry('conv-w', { channel: 'website' })],
        [entry('conv-54', { channelExternalId: `${CAIO}:1@s.whatsapp.net` })],
      ),
      voltAccepts('cm-54'),
    ],
    expect: { request: { body: { conversationId: 'conv-54' } }, posts: 1 },
  },
  {
    id: 'c-look-up-via',
    what: 'continues failover after a failed look-up',
    source: 'Nothing was sent, and the error belongs to the account',
    options: LOOKS_UP,
    call: send(questionTo(CAIO), { via: ['support', 'official'] }),
    answer: [{ to: 'GET /conversation', status: 500, text: 'oops', type: 'text/plain' }],
    expect: { result: { account: 'official', tried: [{ account: 'support' }] } },
  },
  {
    id: 'c-text-channel',
    what: "sends a text by phone number to the account's channel",
    source: "Vendor's OpenAPI: a text by phone needs the right channel",
    options: { support: { channel: 'zapi' } },
    call: send(questionTo(CAIO), { ...SUPPORT, fallback: 'text' }),
    expect: { request: { path: '/conversation/message/phone/', body: { channel: 'zapi', agentId: 'agent-1' } } },
  },
  {
    id: 'c-look-up-406',
    what: 'continues failover after a closed window of a found conversation',
    source: 'The window belongs to one business number and one person',
    options: LOOKS_UP,
    call: send(questionTo(CAIO), { via: ['support', 'sales'] }),
    answer: [...pages([entry('conv-55')]), { ...words(406, 'expired'), to: 'POST /messages/interactive' }],
    expect: { result: { account: 'sales', tried: [{ account: 'support', code: 'window-closed' }] } },
  },
];
