import { voltAccepts, voltHook, voltWords } from './chatvolt.bodies.js';
import type { FieldCase, Fields, Hook } from './field-case.js';
import { ANA, answered, ask, overtaken, question, questionTo, send, unanswered } from './messages.js';

const SUPPORT = { account: 'support' };
const IN_CONVERSATION = questionTo({ conversation: 'conv-1' });
const asked = answered(ask(IN_CONVERSATION, SUPPORT), voltAccepts('cm-60'));
const textedTo = (phone: string) =>
  answered(send(questionTo(phone), { ...SUPPORT, fallback: 'text' }), voltAccepts('cm-61', 'conv-61'));
const WORDS = ['text-message', 'button-reply', 'message'];
const DELAY = "Field measurement: what comes within the agent's delay comes as one event, joined by a blank line";

const burst = (id: string, what: string, text: string, button: string): FieldCase => ({
  id,
  what,
  source: DELAY,
  sentBefore: [asked],
  webhook: [voltWords(text)],
  expect: { events: [{ kind: 'button-reply', button: { id: button }, sent: 0 }], ask: button },
});

/** Expects that a matching text does not match from another chat. */
const elsewhere = (id: string, what: string, hook: Hook, more: Fields = {}): FieldCase => ({
  id,
  what,
  source: 'Vendor documentation: another channel, group or conversation is another chat',
  sentBefore: [textedTo(ANA)],
  webhook: [hook],
  expect: { none: ['button-reply'], events: [{ kind: 'text-message', sent: null }], ...more },
});

export const chatvoltWebhookCases: FieldCase[] = [
  burst('c-burst-of-three', 'matches a press between two texts in one event', 'Oi\n\nSupport\n\nobrigada', 'help'),
  burst('c-burst-number', 'matches the number of a button after a greeting', 'bom dia\n\n2', 'help'),
  burst('c-burst-twice-the-same', 'matches the same button twice in one event', 'Sales\n\nsales!', 'sales'),
  {
    id: 'c-burst-of-two-buttons',
    what: 'does not match two buttons in one event',
    source: DELAY,
    sentBefore: [asked],
    webhook: [voltWords('Sales\n\nSupport')],
    expect: {
      events: [{ kind: 'text-message', text: 'Sales\n\nSupport', sent: null }],
      none: ['button-reply'],
      ask: 'open',
    },
  },
  elsewhere(
    'c-telegram',
    'does not match a title typed on Telegram',
    voltWords('Sales', {
      conversationId: 'conv-tg',
      channel: 'telegram',
      userPhone: ANA,
    }),
  ),
  elsewhere(
    'c-instagram',
    'does not match a number typed on Instagram',
    voltWords('1', {
      conversationId: 'conv-ig',
      channel: 'instagram',
      userPhone: ANA,
    }),
  ),
  elsewhere(
    'c-group-title',
    'does not match a title typed in a group',
    voltHook('GROUP_MESSAGE_RECEIVED', { conversationId: 'conv-grp', userPhone: ANA, userMessage: 'Support' }),
    { events: [{ kind: 'text-message', from: { group: true }, sent: null }] },
  ),
  elsewhere(
    'c-other-conversation',
    "does not match a number in another person's conversation",
    voltWords('1', { conversationId: 'conv-other', userPhone: '5521966660009' }),
  ),
  {
    id: 'c-other-conversation-asked',
    what: 'does not match a title in another conversation without userPhone',
    source: 'Sent into a conversation: only that one answers',
    sentBefore: [asked],
    webhook: [voltWords('Sales', { conversationId: 'conv-2' })],
    expect: { events: [{ kind: 'text-message', sent: null }], none: ['button-reply'], ask: 'open' },
  },
  {
    id: 'c-other-agent',
    what: 'ignores webhooks of another agent',
    source: "Another agent's callback is rejected or ignored",
    sentBefore: [asked],
    webhook: [voltWords('Sales', { agentId: 'agent-2' })],
    expect: { http: [200, 401, 403], none: WORDS, ask: 'open' },
  },
  {
    id: 'c-health-check',
    what: 'responds 200 to a body without eventType, and emits no message',
    source: 'Vendor documentation: the health check posts a body without eventType',
    platform: 'fastify',
    webhook: [{ account: 'support', body: { healthCheck: true } }],
    expect: { http: 200, none: [...WORDS, 'message-status'] },
  },
  {
    id: 'c-agent-words',
    what: 'ignores messages of the agent',
    source: 'Vendor documentation: AGENT_MESSAGE_SENDED is what went out',
    sentBefore: [asked],
    webhook: [voltHook('AGENT_MESSAGE_SENDED', { messageId: 'a-1', agentResponse: 'Sales' })],
    expect: { none: WORDS, ask: 'open' },
  },
  ...['STEP_ENTERED', 'NPS_INTERACTION', 'EVENT_OF_TOMORROW'].map(
    (eventType): FieldCase => ({
      id: `c-other-${eventType.toLowerCase().replaceAll('_', '-')}`,
      what: `emits ${eventType} as other`,
      source: 'The agreed API: kind other, type as eventType',
      webhook: [voltHook(eventType, { messageId: undefined })],
      expect: { events: [{ kind: 'other', type: eventType }] },
    }),
  ),
  {
    id: 'c-unknown-then-title',
    what: 'matches a title in the conversation after an unknown outcome',
    source: 'A message of unknown outcome is remembered too',
    sentBefore: [unanswered(send(IN_CONVERSATION, { ...SUPPORT, timeoutMs: 1_000 }))],
    webhook: [voltWords('Support')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'help' } }] },
  },
  {
    id: 'c-title-overtakes',
    what: 'resolves ask() by a title that arrives before the response to its send',
    source: 'A callback may arrive before the response to its send',
    sentBefore: [overtaken(ask(IN_CONVERSATION, SUPPORT), voltAccepts('cm-62'))],
    webhook: [voltWords('Support')],
    expect: { events: [{ kind: 'button-reply', button: { id: 'help' }, sent: 0 }], ask: 'help' },
  },
  {
    id: 'c-blocked-overtakes',
    what: 'applies a block that arrives before the response to its send',
    source: 'A callback may arrive before the response to its send',
    sentBefore: [overtaken(send(IN_CONVERSATION, SUPPORT), voltAccepts('cm-63'))],
    webhook: [voltHook('AGENT_MESSAGE_BLOCKED', { messageId: 'cm-63' })],
    expect: {
      events: [{ kind: 'message-status', status: 'failed', category: 'window-closed', sent: 0 }],
      of: ['failed'],
    },
  },
  {
    id: 'c-number-overtakes',
    what: 'matches a number that arrives before the response with the conversation',
    source: 'A callback may arrive before the response to its send; userPhone is conditional',
    sentBefore: [overtaken(send(question(), { ...SUPPORT, fallback: 'text' }), voltAccepts('cm-64', 'conv-64'))],
    webhook: [voltWords('2', { conversationId: 'conv-64' })],
    expect: { events: [{ kind: 'button-reply', button: { id: 'help' }, typed: true, sent: 0 }] },
  },
  {
    id: 'c-phone-in-writing',
    what: 'reports a formatted userPhone as digits',
    source: '`phone` of an event is digits or absent',
    webhook: [voltWords('oi', { userPhone: '+55 11 98888-0001' })],
    expect: { events: [{ kind: 'text-message', from: { phone: ANA, conversation: 'conv-1' } }] },
  },
  {
    id: 'c-phone-is-lid',
    what: 'does not report a lid in userPhone as a phone number',
    source: '`phone` of an event is digits or absent; a lid is reported as lid',
    webhook: [voltWords('oi', { userPhone: '81000000000099@lid' })],
    expect: { events: [{ kind: 'text-message', from: { phone: null, lid: '81000000000099@lid' } }] },
  },
  {
    id: 'c-old-number-answers',
    what: 'matches a reply without the ninth digit in an unknown conversation',
    source: 'The forms of a number belong to one person',
    sentBefore: [answered(send(question(), { ...SUPPORT, fallback: 'text' }), voltAccepts('cm-65'))],
    webhook: [voltWords('1', { conversationId: 'conv-65', userPhone: '551188880001' })],
    expect: { events: [{ kind: 'button-reply', button: { id: 'sales' }, typed: true, sent: 0 }] },
  },
  {
    id: 'c-two-words-without-id',
    what: 'emits two texts without a messageId separately',
    source: 'The attribute is conditional; no text may be lost',
    webhook: [voltWords('oi', { messageId: undefined }), voltWords('tudo bem?', { messageId: undefined })],
    expect: {
      events: [
        { kind: 'text-message', text: 'oi' },
        { kind: 'text-message', text: 'tudo bem?' },
      ],
    },
  },
  {
    id: 'c-blocked-of-a-stranger',
    what: 'does not apply the block of an unknown message to ours',
    source: 'An id names one message',
    sentBefore: [answered(send(IN_CONVERSATION, SUPPORT), voltAccepts('cm-66'))],
    webhook: [voltHook('AGENT_MESSAGE_BLOCKED', { messageId: 'cm-99', agentResponse: 'Something else' })],
    expect: { of: [] },
  },
];
