import { voltAccepts } from './chatvolt.bodies.js';
import type { FieldCase, Fields, Rule } from './field-case.js';
import { posted, question, questionTo, reply, send, words } from './messages.js';

const SUPPORT = { account: 'support' };
const TO = { conversation: 'conv-1' };
const UNKNOWN = { class: 'UnknownOutcomeError', outcome: 'unknown' };
const PUBLISHED = "Vendor's published OpenAPI and source: a 500 is many things, some of them after delivery";
const NOT_SENT = { outcome: 'not-sent' };
const HOUR_MS = 3_600_000;

interface Answered {
  id: string;
  what: string;
  answer: Rule;
  error: Fields;
  message?: Fields;
  source?: string;
}

const answeredCases = (cases: Answered[]): FieldCase[] =>
  cases.map(({ id, what, answer, error, message = questionTo(TO), source = PUBLISHED }) => ({
    id,
    what,
    source,
    call: send(message, { ...SUPPORT, deadlineMs: 5_000 }),
    answer: [answer],
    expect: { error, requests: 1 },
  }));

/** A 500 without a known code: the outcome is unknown, and nothing is retried. */
const saysNothing = (id: string, what: string, answer: Rule, message?: Fields): Answered => ({
  id,
  what,
  answer,
  error: UNKNOWN,
  ...(message && { message }),
});

const ofText = (error: unknown): Rule => posted(500, { error });

const UNKNOWN_OUTCOMES: Answered[] = [
  saysNothing(
    'c-500-digits-in-uuid',
    'reads no code from digits in an id',
    ofText('run 7f131000-44c1-131026-9b failed'),
  ),
  saysNothing(
    'c-500-digits-in-version',
    'reads no code from digits next to a full stop',
    ofText('node 2.131047.0 crashed'),
  ),
  saysNothing('c-500-digits-in-time', 'reads no code from digits next to a letter', ofText('gave up after 130429ms')),
  saysNothing('c-500-digits-in-word', 'reads no code from digits within a word', ofText('job queue131056 lost')),
  saysNothing('c-500-longer-number', 'reads no code from a longer number', ofText('order 1310470 not found')),
  saysNothing('c-500-digits-in-path', 'reads no code from digits in a path', ofText('ENOENT: /data/131047/audio')),
  saysNothing(
    'c-500-digits-in-url',
    'reads no code from digits at the end of a link',
    ofText('GET https://cdn.example/131026'),
  ),
  saysNothing(
    'c-500-digits-in-address',
    'reads no code from digits in an e-mail address',
    ofText('no user 131031@acme.example'),
  ),
  saysNothing('c-500-digits-of-price', 'reads no code from a price', ofText('credit of R$131042 is used up')),
  saysNothing('c-500-unlisted', 'reads no code from an unlisted number', ofText('reason 131998 happened')),
  saysNothing(
    'c-500-echo-of-conversation',
    'reads no code from the conversation id',
    ofText('conversation 131047 is busy'),
    questionTo({ conversation: '131047' }),
  ),
  saysNothing(
    'c-500-echo-of-text',
    'reads no code from the message text',
    ofText('cannot render: Pedido 131056 pronto'),
    question({ to: TO, text: 'Pedido 131056 pronto' }),
  ),
  saysNothing(
    'c-500-echo-of-button',
    'reads no code from a button id',
    ofText('button 131051 was not stored'),
    question({ to: TO, buttons: [reply('131051', 'Yes')] }),
  ),
  saysNothing(
    'c-500-number-in-details',
    'reads no code from details',
    posted(500, { error: 'Internal', details: { took: 131016, note: 'see 131026' } }),
  ),
  saysNothing(
    'c-500-upstream-500',
    'reports a 500 of an upstream server as unknown',
    ofText('Request failed with status code 500'),
  ),
  saysNothing(
    'c-500-html',
    'reports an HTML response with 500 as unknown',
    words(500, '<html><h1>502 Bad Gateway</h1><i>a131016e</i></html>', 'text/html'),
  ),
  saysNothing('c-500-empty', 'reports an empty response with 500 as unknown', words(500, '')),
  saysNothing(
    'c-500-own-code',
    'reads no Meta code from a code of Chatvolt',
    posted(500, { error: { message: 'x', code: 'E131047X' } }),
  ),
];

const NOT_SENT_AT_ALL: Answered[] = [
  {
    id: 'c-500-upstream-400',
    what: 'reports an upstream 400 as not sent',
    answer: ofText('Request failed with status code 400'),
    error: NOT_SENT,
  },
  {
    id: 'c-500-upstream-404',
    what: 'reports an upstream 404 inside other text as not sent',
    answer: ofText('WhatsApp message error: Request failed with status code 404'),
    error: NOT_SENT,
  },
  {
    id: 'c-500-channel',
    what: 'reports a channel without buttons as not sent',
    answer: ofText('Unsupported Communication Channel.'),
    error: NOT_SENT,
  },
  {
    id: 'c-500-graph-in-text',
    what: 'reads a Graph error object inside the text',
    answer: ofText(
      JSON.stringify({
        error: { message: '(#131026) Message undeliverable', type: 'OAuthException', code: 131026, fbtrace_id: 'Ax' },
      }),
    ),
    error: { class: 'RecipientNotFoundError', outcome: 'not-sent' },
  },
  {
    id: 'c-500-graph-without-mark',
    what: 'reads a code next to error_subcode',
    answer: ofText({ message: 'Re-engagement message', code: 131047, error_subcode: 2_494_055 }),
    error: { class: 'WindowClosedError', outcome: 'not-sent', category: 'window-closed' },
  },
  {
    id: 'c-500-mark-in-words',
    what: 'reads (#n) inside the text',
    answer: ofText('WhatsApp said (#131050) User has stopped marketing messages'),
    error: { class: 'ProviderRejectedError', outcome: 'not-sent', category: 'opted-out' },
  },
  {
    id: 'c-500-payment',
    what: 'reports (#131042) with the category payment',
    answer: ofText('(#131042) Business eligibility payment issue'),
    error: { outcome: 'not-sent', category: 'payment' },
  },
  {
    id: 'c-success-false',
    what: 'reads success: false as a rejection, even with ids',
    answer: posted(200, { success: false, message: { id: 'cm-1', conversationId: 'conv-1' } }),
    error: NOT_SENT,
    source: "Vendor's published OpenAPI: 200 with success false is a rejection, ids or not",
  },
  {
    id: 'c-success-false-words',
    what: 'reads success: false as a rejection, with an error object',
    answer: posted(200, { success: false, id: 'x-1', error: { message: 'Message rejected', code: 'REJECTED' } }),
    error: NOT_SENT,
    source: "Vendor's published OpenAPI: 200 with success false is a rejection, ids or not",
  },
  {
    id: 'c-406-empty',
    what: 'reads an empty 406 as a closed window',
    answer: words(406, ''),
    error: { class: 'WindowClosedError', outcome: 'not-sent', category: 'window-closed' },
    source: "Vendor's OpenAPI: 406 is the closed window, with any text",
  },
  {
    id: 'c-406-object',
    what: 'reads 406 with an object as a closed window',
    answer: posted(406, { error: { message: 'Sessão expirada', code: 'SESSION' } }),
    error: { class: 'WindowClosedError', outcome: 'not-sent', category: 'window-closed' },
    source: "Vendor's OpenAPI: 406 is the closed window, with any text",
  },
  {
    id: 'c-400-session',
    what: 'finds the code of a closed window anywhere in the text',
    answer: posted(400, { error: 'Error: ERR_META_SESSION_EXPIRED_24H (agent)' }),
    error: { class: 'WindowClosedError', outcome: 'not-sent', category: 'window-closed' },
    source: "Vendor's source: ERR_META_SESSION_EXPIRED_24H may be anywhere in the text",
  },
  {
    id: 'c-401',
    what: 'reads 401 as AuthenticationError',
    answer: posted(401, { error: 'invalid api key' }),
    error: { class: 'AuthenticationError', outcome: 'not-sent', category: 'authentication' },
    source: 'Vendor documentation',
  },
  {
    id: 'c-403-agent',
    what: 'reads 403 with a text as PermissionError',
    answer: posted(403, { error: 'the agent is not of your organization' }),
    error: { class: 'PermissionError', outcome: 'not-sent', category: 'permission' },
    source: 'Vendor documentation',
  },
  {
    id: 'c-404',
    what: 'reads 404 as RecipientNotFoundError',
    answer: posted(404, { error: 'conversation not found' }),
    error: { class: 'RecipientNotFoundError', outcome: 'not-sent', category: 'recipient' },
    source: 'Vendor documentation',
  },
  {
    id: 'c-429-header',
    what: 'fails at once when Retry-After exceeds the maximum wait',
    answer: posted(429, { error: 'Too many requests' }, { headers: { 'retry-after': '120' } }),
    error: { class: 'RateLimitedError', outcome: 'not-sent', retryAfterMs: 120_000, category: 'rate-limited' },
    source: 'Vendor documentation: 429 with Retry-After',
  },
  {
    id: 'c-429-years',
    what: 'limits a Retry-After of years to one hour',
    answer: posted(429, { error: 'Too many requests' }, { headers: { 'retry-after': '99999999999' } }),
    error: { class: 'RateLimitedError', outcome: 'not-sent', retryAfterMs: { from: 1, to: HOUR_MS } },
    source: 'Requested waits are limited',
  },
  {
    id: 'c-429-years-in-body',
    what: 'limits a retryAfter of years in the body to one hour',
    answer: posted(429, {
      success: false,
      error: { message: 'Aguarde', code: 'RATE_LIMIT_EXCEEDED', retryAfter: 9e9 },
    }),
    error: { class: 'RateLimitedError', outcome: 'not-sent', retryAfterMs: { from: 1, to: HOUR_MS } },
    source: 'Requested waits are limited',
  },
];

const goesOn = (id: string, answer: Rule): FieldCase => ({
  id,
  what: `continues failover after ${answer.status} ${JSON.stringify(answer.body ?? answer.text)}`,
  source: 'Failover continues after an error of the account',
  call: send(question(), { via: ['support', 'sales'], fallback: 'text' }),
  answer: [{ ...answer, to: 'POST /conversation/message' }],
  expect: { result: { account: 'sales', tried: [{ account: 'support' }] }, requests: 2 },
});

export const chatvoltAnswerCases: FieldCase[] = [
  ...answeredCases(UNKNOWN_OUTCOMES),
  ...answeredCases(NOT_SENT_AT_ALL),
  {
    id: 'c-500-bare-final',
    what: "does not retry on a rate limit code without Meta's format",
    source: "Nothing is retried on a code without Meta's format",
    call: send(questionTo(TO), SUPPORT),
    answer: [ofText('WhatsApp API error 130429: rate limit')],
    expect: { error: { class: ['RateLimitedError', 'UnknownOutcomeError'] }, requests: 1 },
  },
  {
    id: 'c-429-short-wait',
    what: 'waits for a short retryAfter in the body, then sends',
    source: 'The body of a 429 may contain error.retryAfter in seconds',
    call: send(questionTo(TO), SUPPORT),
    answer: [
      posted(429, { success: false, error: { code: 'RATE_LIMIT_EXCEEDED', retryAfter: 1 } }, { times: 1 }),
      voltAccepts('cm-40'),
    ],
    expect: { result: { account: 'support', messageId: 'cm-40', attempts: 2 }, requests: 2 },
  },
  goesOn('c-via-406-words', words(406, 'fora da janela')),
  goesOn('c-via-402', posted(402, { error: 'no subscription' })),
  goesOn('c-via-forbidden', words(403, 'Forbidden')),
  goesOn('c-via-401', posted(401, { error: 'invalid' })),
  goesOn('c-via-no-conversation', posted(500, { error: 'No Conversation found' })),
  goesOn('c-via-131042', posted(500, { error: '(#131042) Business eligibility payment issue' })),
  {
    id: 'c-via-stops-at-unknown',
    what: 'stops failover after a 500 without a known code',
    source: 'Never after an unknown outcome: it may have been delivered',
    call: send(question(), { via: ['support', 'sales'], fallback: 'text' }),
    answer: [posted(500, { error: 'Internal error, trace a131047b' }, { to: 'POST /conversation/message' })],
    expect: { error: UNKNOWN, requests: 1 },
  },
  {
    id: 'c-answer-conversation-alone',
    what: "returns no message id when the response id is the conversation's",
    source: "Vendor's OpenAPI: in such a response, id is the conversation's",
    call: send(questionTo(TO), SUPPORT),
    answer: [posted(200, { id: 'conv-1', channel: 'whatsapp' })],
    expect: { result: { messageId: null } },
  },
];
