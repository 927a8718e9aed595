import { conversation, pages, voltAccepts } from './chatvolt.bodies.js';
import type { FieldCase, Fields, Rule } from './field-case.js';
import { question, questionTo, send, words } from './messages.js';

const CAIO = '5571996660007';
const CAIOS_LID = '92000000000077@lid';
const SUPPORT = { account: 'support' };
const LOOKS_UP = { support: { lookUpConversations: true } };
const OPEN_API = "Vendor's published OpenAPI: the fields of a conversation";

const entry = (id: string, more: Fields = {}): Fields => conversation(id, { channelExternalId: CAIO, ...more });

/** The entry is Caio's, and is written to. */
const finds = (id: string, what: string, more: Fields): FieldCase => ({
  id: `c-look-up-${id}`,
  what,
  source: OPEN_API,
  options: LOOKS_UP,
  call: send(questionTo(CAIO), SUPPORT),
  answer: [...pages([entry('conv-found', more)]), voltAccepts('cm-50')],
  expect: { request: { path: 'send-buttons', body: { conversationId: 'conv-found' } }, posts: 1 },
});

/** The entry is another chat: passed over. */
const passes = (id: string, what: string, more: Fields): FieldCase => ({
  id: `c-look-up-${id}`,
  what,
  source: OPEN_API,
  options: LOOKS_UP,
  call: send(questionTo(CAIO), SUPPORT),
  answer: pages([entry('conv-other', more)]),
  expect: { error: { class: 'RecipientNotFoundError', outcome: 'not-sent' }, posts: 0 },
});

/** The look-up fails: nothing was sent. */
const fails = (
  id: string,
  what: string,
  rule: Omit<Rule, 'to'>,
  error: Fields = {},
  options: Fields = {},
): FieldCase => ({
  id: `c-look-up-${id}`,
  what,
  source: "A look-up's failure says nothing of a message: its request was never made",
  options: LOOKS_UP,
  call: send(questionTo(CAIO), { ...SUPPORT, ...options }),
  answer: [{ to: 'GET /conversation', ...rule }],
  expect: { error: { outcome: 'not-sent', ...error }, posts: 0 },
});

export const chatvoltLookUpCases: FieldCase[] = [
  finds('zapper', "Zapper's channels are WhatsApp", { channel: 'zapper-cloud' }),
  finds('ending', "A number with WhatsApp's ending and no device", { channelExternalId: `${CAIO}@s.whatsapp.net` }),
  finds('device', 'A number with a device of two digits', { channelExternalId: `${CAIO}:12@s.whatsapp.net` }),
  finds('old-number', 'A number without the ninth digit', { channelExternalId: '557196660007' }),
  finds('old-number-device', 'Both at once', { channelExternalId: '557196660007:4@s.whatsapp.net', channel: 'zapi' }),
  finds('lid', 'A lid, with the number among the participants', {
    channel: 'zapi',
    channelExternalId: CAIOS_LID,
    whatsappChatLid: CAIOS_LID,
    participantsContacts: [{ phoneNumber: CAIO }],
  }),
  passes('instagram', 'Instagram is another network', { channel: 'instagram' }),
  passes('website', "The website's visitor is another chat", { channel: 'website' }),
  passes('group', 'A group in which the person takes part is not a private chat', {
    isGroup: true,
    channelExternalId: '120363019502650977-group',
    participantsContacts: [{ phoneNumber: CAIO }],
  }),
  passes('group-of-digits', 'A group is passed over, also with the same digits', { isGroup: true }),
  passes('all-blocked', 'A person who is blocked is not written to', { blocked: true }),
  passes('longer', 'A number that only begins alike is another person', { channelExternalId: `${CAIO}1` }),
  passes('shorter', 'A number that only ends alike is another person', { channelExternalId: '996660007' }),
  fails('silence', 'A look-up that is never answered', { end: 'silence' }, {}, { timeoutMs: 1_000 }),
  fails('html', 'A look-up that is answered by a page', { status: 200, text: '<html>', type: 'text/html' }),
  fails('object', 'A look-up that is answered by no list', { status: 200, body: { data: [] } }),
  fails('401', 'A look-up with a wrong key', { status: 401, body: { error: 'x' } }, { class: 'AuthenticationError' }),
  fails(
    '502',
    'A look-up that ends at a gateway',
    { status: 502, text: 'Bad Gateway' },
    { class: 'ProviderUnavailableError' },
  ),
  fails(
    '429',
    'A look-up too many',
    { status: 429, body: { error: 'Too many' }, headers: { 'retry-after': '60' } },
    { class: 'RateLimitedError' },
  ),
  {
    id: 'c-look-up-second-page-fails',
    what: 'A look-up that fails at its second page sent nothing, and the key stays free',
    source: "A look-up's failure says nothing of a message",
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
    what: 'What was looked up is remembered',
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
    what: 'Among all that looks alike the right one is written to',
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
    what: 'Failover goes on after a look-up that fails',
    source: 'Nothing was sent, and it is the affair of the account',
    options: LOOKS_UP,
    call: send(questionTo(CAIO), { via: ['support', 'official'] }),
    answer: [{ to: 'GET /conversation', status: 500, text: 'oops', type: 'text/plain' }],
    expect: { result: { account: 'official', tried: [{ account: 'support' }] } },
  },
  {
    id: 'c-text-channel',
    what: 'A text by phone goes to the channel of the account',
    source: "Vendor's OpenAPI: a text by phone needs the right channel",
    options: { support: { channel: 'zapi' } },
    call: send(questionTo(CAIO), { ...SUPPORT, fallback: 'text' }),
    expect: { request: { path: '/conversation/message/phone/', body: { channel: 'zapi', agentId: 'agent-1' } } },
  },
  {
    id: 'c-look-up-406',
    what: 'The window of a conversation that was found is closed: failover goes on',
    source: 'The window belongs to one business number and one person',
    options: LOOKS_UP,
    call: send(questionTo(CAIO), { via: ['support', 'sales'] }),
    answer: [...pages([entry('conv-55')]), { ...words(406, 'expired'), to: 'POST /messages/interactive' }],
    expect: { result: { account: 'sales', tried: [{ account: 'support', code: 'window-closed' }] } },
  },
];
