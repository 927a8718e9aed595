import { conversation, pages, voltAccepts, voltHook, voltWords } from './chatvolt.bodies.js';
import type { FieldCase, Fields, Rule } from './field-case.js';
import { ANA, answered, ask, posted, question, questionTo, send, words } from './messages.js';

const SUPPORT = { account: 'support' };
const TEXT = { account: 'support', fallback: 'text' };
const LOOKS_UP = { support: { lookUpConversations: true } };
const IN_CONVERSATION = questionTo({ conversation: 'conv-1' });

const sentAs = (id: string) => answered(send(IN_CONVERSATION, SUPPORT), voltAccepts(id));
/** Sends a numbered text to Ana. The response contains the conversation. */
const textedAs = (number: number) => answered(send(question(), TEXT), voltAccepts(`cm-${number}`, `conv-${number}`));
const others = (prefix: string, phone: string): Fields[] =>
  [0, 1, 2].map((index) => conversation(`${prefix}${index}`, { channelExternalId: `${phone}${index}` }));

const UNKNOWN = { class: 'UnknownOutcomeError', outcome: 'unknown' };
const WINDOW = { class: 'WindowClosedError', outcome: 'not-sent', category: 'window-closed' };

const sendAnswered = (...answer: Rule[]) => ({ call: send(IN_CONVERSATION, SUPPORT), answer });
const lookedUp = (...answer: Rule[]) => ({ options: LOOKS_UP, call: send(question(), SUPPORT), answer });

export const chatvoltCases: FieldCase[] = [
  {
    id: 'c-500-trace-id',
    what: 'reads no code from digits in a trace id',
    source: "Vendor's published source: a 500 may come after delivery, with the text of any exception",
    call: send(IN_CONVERSATION, { ...SUPPORT, idempotencyKey: 'k-1' }),
    answer: [posted(500, { error: 'Internal error, trace 5f3c-1d2b-a131016e-9d0c' })],
    expect: { error: UNKNOWN, requests: 1 },
  },
  {
    id: 'c-500-count',
    what: 'reads no code from a count in the text of a 500',
    source: 'As c-500-trace-id',
    ...sendAnswered(posted(500, { error: 'input of 131072 tokens is too long' })),
    expect: { error: UNKNOWN, requests: 1 },
  },
  {
    id: 'c-500-echo',
    what: 'reads no code from the message text repeated in a 500',
    source: 'As c-500-trace-id: details may repeat the input',
    call: send(question({ to: { conversation: 'conv-1' }, text: 'Pedido 130429 confirmado' }), SUPPORT),
    answer: [posted(500, { error: 'Internal', details: { body_text: 'Pedido 130429 confirmado' } })],
    expect: { error: UNKNOWN, requests: 1 },
  },
  {
    id: 'c-500-meta',
    what: 'reads a code from an error object of Meta',
    source: "Vendor documentation: WhatsApp's errors come as 500",
    ...sendAnswered(
      posted(500, {
        error: {
          message: '(#131047) Re-engagement message',
          type: 'OAuthException',
          code: 131047,
          fbtrace_id: 'A131031b',
        },
      }),
    ),
    expect: { error: { class: 'WindowClosedError', outcome: 'not-sent' }, requests: 1 },
  },
  {
    id: 'c-500-bare-code',
    what: "does not retry on a code without Meta's format",
    source: "A code without Meta's format does not prove that nothing was sent",
    ...sendAnswered(posted(500, { error: 'WhatsApp API error: 131016 Service unavailable' })),
    expect: { error: { class: ['ProviderUnavailableError', 'UnknownOutcomeError'] }, requests: 1 },
  },
  {
    id: 'c-look-up-500',
    what: 'reports a failed look-up as not sent, and frees the key',
    source: "The message's own request was never made",
    options: LOOKS_UP,
    call: send(question(), { ...SUPPORT, idempotencyKey: 'k-2' }),
    answer: [{ to: 'GET /conversation', status: 500, body: { error: 'Internal' } }],
    again: { answer: [...pages([conversation('conv-7')]), voltAccepts('cm-7')] },
    expect: {
      error: { outcome: 'not-sent', class: 'ProviderUnavailableError' },
      posts: 0,
      again: { result: { account: 'support' } },
    },
  },
  {
    id: 'c-look-up-reset',
    what: 'continues failover after a look-up with a connection reset',
    source: 'As c-look-up-500',
    options: LOOKS_UP,
    call: send(question(), { via: ['support', 'sales'] }),
    answer: [{ to: 'GET /conversation', end: 'reset' }],
    expect: { result: { account: 'sales', tried: [{ account: 'support' }] } },
  },
  {
    id: 'c-look-up-telegram',
    what: 'does not send to the same digits on another network',
    source: "Vendor's OpenAPI: entries have a channel, and one list holds them all",
    options: LOOKS_UP,
    call: send(questionTo('+65 8123 4567'), SUPPORT),
    answer: pages([conversation('conv-t', { channel: 'telegram', channelExternalId: '6581234567' })]),
    expect: { error: { class: 'RecipientNotFoundError', outcome: 'not-sent' }, posts: 0 },
  },
  {
    id: 'c-look-up-blocked',
    what: 'skips a blocked conversation',
    source: "Vendor's OpenAPI: blocked, isGroup",
    ...lookedUp(...pages([conversation('conv-b', { blocked: true }), conversation('conv-9')]), voltAccepts('cm-9')),
    expect: { request: { body: { conversationId: 'conv-9' } } },
  },
  {
    id: 'c-look-up-jid',
    what: "finds a number with a device and WhatsApp's suffix",
    source: "Vendor's inbox source: the forms of channelExternalId",
    ...lookedUp(
      ...pages([conversation('conv-10', { channel: 'zapi', channelExternalId: `${ANA}:3@s.whatsapp.net` })]),
      voltAccepts('cm-10'),
    ),
    expect: { request: { body: { conversationId: 'conv-10' } } },
  },
  {
    id: 'c-look-up-short-page',
    what: 'reads the next page after a page below the limit',
    source: "Vendor's OpenAPI: the limit is a maximum; a server may cap it",
    ...lookedUp(...pages(others('conv-x', '552197777000'), [conversation('conv-11')]), voltAccepts('cm-11')),
    expect: { request: { body: { conversationId: 'conv-11' } }, gets: 2 },
  },
  {
    id: 'c-look-up-circles',
    what: 'stops a look-up whose pages repeat',
    source: 'Field trial: a list that ignores the cursor and changes its order cost a thousand requests',
    options: LOOKS_UP,
    call: send(question(), { ...SUPPORT, deadlineMs: 2_500 }),
    answer: [{ to: 'GET /conversation', status: 200, body: others('conv-y', '552196666600'), turning: true }],
    expect: { error: { outcome: 'not-sent' }, getsAtMost: 20, posts: 0 },
  },
  {
    id: 'c-no-conversation',
    what: 'reports the documented 500 for an unknown recipient as not sent',
    source: "Vendor's OpenAPI, text by phone",
    call: send(question(), TEXT),
    answer: [posted(500, { error: 'No Conversation found' })],
    expect: { error: { class: 'RecipientNotFoundError', outcome: 'not-sent' }, requests: 1 },
  },
  {
    id: 'c-no-conversation-via',
    what: 'continues failover after an account that does not know the recipient',
    source: 'Field report: the third account was never tried',
    options: LOOKS_UP,
    call: send(question(), { via: ['support', 'official'], fallback: 'text' }),
    answer: [
      { to: 'GET /conversation', status: 200, body: [] },
      { to: 'POST /conversation/message', status: 500, body: { error: 'No Conversation found' } },
    ],
    expect: { result: { account: 'official', tried: [{ account: 'support', code: 'recipient-not-found' }] } },
  },
  {
    id: 'c-406-words',
    what: 'reads 406 as a closed window, with any text',
    source: "Vendor's OpenAPI: 406 is the session that expired",
    ...sendAnswered(posted(406, { error: 'Not Acceptable' })),
    expect: { error: WINDOW, requests: 1 },
  },
  {
    id: 'c-406-text',
    what: 'reads 406 with plain text as a closed window',
    source: 'As c-406-words',
    ...sendAnswered(words(406, 'ERR_META_SESSION_EXPIRED_24H')),
    expect: { error: WINDOW, requests: 1 },
  },
  {
    id: 'c-window-via',
    what: 'continues failover after a closed window',
    source: 'Field report; the window belongs to one business number and one person',
    call: send(question(), { via: ['support', 'sales'], fallback: 'text' }),
    answer: [{ to: 'POST /conversation/message', status: 406, body: { error: 'ERR_META_SESSION_EXPIRED_24H' } }],
    expect: { result: { account: 'sales', tried: [{ account: 'support', code: 'window-closed' }] } },
  },
  {
    id: 'c-forbidden',
    what: 'reports 403 with the text Forbidden as not sent',
    source: "Vendor's source: the response to a wrong key",
    ...sendAnswered(words(403, 'Forbidden')),
    expect: {
      error: {
        class: ['AuthenticationError', 'PermissionError'],
        outcome: 'not-sent',
        category: ['authentication', 'permission'],
      },
      requests: 1,
    },
  },
  {
    id: 'c-429-body',
    what: 'reads retryAfter from the body of a 429',
    source: "Vendor's pages (low trust): error.retryAfter in seconds",
    ...sendAnswered(
      posted(429, {
        data: null,
        success: false,
        error: { message: 'Muitas requisições', code: 'RATE_LIMIT_EXCEEDED', retryAfter: 30 },
      }),
    ),
    expect: { error: { class: 'RateLimitedError', outcome: 'not-sent', retryAfterMs: 30_000 }, requests: 1 },
  },
  {
    id: 'c-text-ninth-digit',
    what: 'looks up the conversation for a numbered text',
    source: 'Field trial: buttons went out, the text to the same number did not',
    options: LOOKS_UP,
    call: send(question({ text: 'Your code', buttons: [{ type: 'copy', title: 'Copy', code: '1234' }] }), TEXT),
    answer: [
      ...pages([conversation('conv-20', { channelExternalId: '551188880001' })]),
      posted(500, { error: 'No Conversation found' }, { to: `POST /conversation/message/phone/${ANA}` }),
      voltAccepts('cm-20'),
    ],
    expect: { result: { degraded: 'text', account: 'support' } },
  },
  {
    id: 'c-burst',
    what: 'matches a press joined with other text in one event',
    source: "Field measurement: what comes within the agent's delay comes as one event, 6 of 6",
    sentBefore: [answered(ask(IN_CONVERSATION, SUPPORT), voltAccepts('cm-21'))],
    webhook: [voltWords('Sales\n\nobrigado!')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'sales' }, sent: 0 }], ask: 'sales' },
  },
  {
    id: 'c-group-number',
    what: 'does not match a number typed in a group',
    source: 'Vendor documentation: group messages are an event of their own',
    sentBefore: [textedAs(22)],
    webhook: [
      voltHook('GROUP_MESSAGE_RECEIVED', {
        conversationId: 'conv-group',
        channel: 'zapi',
        userPhone: ANA,
        userMessage: '1',
      }),
    ],
    expect: {
      events: [{ kind: 'text-message', text: '1', from: { group: true }, sent: null }],
      none: ['button-reply'],
    },
  },
  {
    id: 'c-website',
    what: 'does not match a title typed on the website',
    source: 'The website is another chat, with another conversation',
    sentBefore: [textedAs(23)],
    webhook: [voltWords('Sales', { conversationId: 'conv-site', channel: 'website', userPhone: ANA })],
    expect: { events: [{ kind: 'text-message', text: 'Sales', sent: null }], none: ['button-reply'] },
  },
  {
    id: 'c-conversation-alone',
    what: "matches a reply by the conversation in the send's response",
    source: 'Vendor documentation: userPhone is conditional',
    sentBefore: [textedAs(24)],
    webhook: [voltWords('1', { conversationId: 'conv-24' })],
    expect: { events: [{ kind: 'button-reply', button: { id: 'sales' }, typed: true, sent: 0 }] },
  },
  {
    id: 'c-no-message-id',
    what: 'emits a text without a messageId',
    source: "Field trial: the attribute is conditional in the vendor's table; the text was dropped silently",
    sentBefore: [sentAs('cm-25')],
    webhook: [voltWords('Sales', { messageId: undefined })],
    expect: { events: [{ kind: 'button-reply', button: { id: 'sales' }, sent: 0 }] },
  },
  {
    id: 'c-blocked',
    what: 'reports a blocked message as failed, with its category',
    source: 'Vendor documentation, webhooks: outside the 24 hours',
    sentBefore: [sentAs('cm-26')],
    webhook: [voltHook('AGENT_MESSAGE_BLOCKED', { messageId: 'cm-26', agentResponse: 'Where to?' })],
    expect: {
      events: [{ kind: 'message-status', status: 'failed', category: 'window-closed', sent: 0 }],
      of: ['failed'],
    },
  },
  {
    id: 'c-noted',
    what: 'reports a noted message as failed',
    source: 'Vendor documentation, webhooks: logged as a note, the channel not supported',
    sentBefore: [sentAs('cm-27')],
    webhook: [voltHook('AGENT_MESSAGE_NOTED', { messageId: 'cm-27', agentResponse: 'Where to?' })],
    expect: { events: [{ kind: 'message-status', status: 'failed', sent: 0 }], of: ['failed'] },
  },
  {
    id: 'c-answer-conversation',
    what: "does not use the conversation's id as a message id",
    source: "Vendor's OpenAPI, template message: id is the conversation's, messages the whole list, oldest first",
    ...sendAnswered(
      posted(200, {
        id: 'conv-1',
        channel: 'whatsapp',
        channelExternalId: ANA,
        messages: [
          { id: 'first-ever', createdAt: '2025-01-01T00:00:00.000Z' },
          { id: 'cm-28', createdAt: '2026-11-29T10:00:00.000Z' },
        ],
      }),
    ),
    expect: { result: { messageId: [null, 'cm-28'] } },
  },
  {
    id: 'c-half-character',
    what: 'rejects half a surrogate pair in a conversation id',
    source: 'Field trial: a raw URIError came out',
    call: send(
      {
        to: { conversation: 'c\ud83d' },
        text: 'x',
        buttons: [{ type: 'call', title: 'Call', phone: '551140000000' }],
      },
      TEXT,
    ),
    expect: { error: { class: 'InvalidMessageError', outcome: 'not-sent' }, requests: 0 },
  },
  {
    id: 'c-query-slip',
    what: 'rejects an unknown field in a look-up query',
    source: 'Unknown fields are errors; with the typing error, all channels were searched',
    call: { call: 'ChatvoltService.findConversation', args: [{ phone: ANA, chanel: 'zapi' }, SUPPORT] },
    expect: { error: { class: 'InvalidMessageError' }, requests: 0 },
  },
  {
    id: 'c-agent-user-message',
    what: 'emits a press received twice under one id once',
    source: 'Vendor documentation, webhooks; field measurement',
    sentBefore: [sentAs('cm-31')],
    webhook: [
      voltHook('AGENT_USER_MESSAGE', { isAiEnabled: true, userMessage: 'Sales', agentResponse: 'Ok!' }),
      voltWords('Sales'),
    ],
    expect: { events: [{ kind: 'button-reply', button: { id: 'sales' }, sent: 0 }] },
  },
];
