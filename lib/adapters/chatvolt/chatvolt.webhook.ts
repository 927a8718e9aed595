import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { FailureCategory } from '../../errors/failure-category.js';
import { eventTime } from '../../events/event-time.js';
import type { EventSender, InboundMedia, ParsedEvent, ParsedWebhook } from '../../events/messaging-event.interface.js';
import { personAddress } from '../../events/whatsapp-address.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import { isRecord } from '../../validation/is-record.js';
import { callbackId } from '../callback-id.js';
import { listIn, textIn } from '../json-fields.js';
import {
  describeMismatch,
  headerOf,
  matchesAnySecret,
  type WebhookAdapter,
  type WebhookRequest,
} from '../webhook-adapter.js';

type Body = Record<string, unknown>;
type Base = { provider: string; account: string; at: Date; raw: Body };

const GROUP = 'GROUP_MESSAGE_RECEIVED';

/** The events with a customer's message. */
const CUSTOMER_MESSAGE_EVENTS: readonly string[] = ['USER_MESSAGE_RECEIVED', 'AGENT_USER_MESSAGE', GROUP];

const MEDIA_TYPES: readonly string[] = ['image', 'video', 'audio'];

/** The failure that an event reports. */
interface Failure {
  category: FailureCategory;
  reason: string;
  /** The event also occurs for notes that are never sent. It is a failure only if we sent the message. */
  otherwise?: true;
}

/** Source: Chatvolt's documentation of webhooks. */
const FAILURES: ReadonlyMap<string, Failure> = new Map<string, Failure>([
  [
    'AGENT_MESSAGE_BLOCKED',
    { category: 'window-closed', reason: 'blocked: the 24 hours after the last message are over' },
  ],
  ['AGENT_MESSAGE_NOTED', { category: 'request', reason: 'noted: the channel cannot send it', otherwise: true }],
]);

/**
 * Verifies and parses Chatvolt's webhooks. A press arrives as the title of the button, which is matched with the
 * buttons sent last. The body of the health check has no `eventType` and causes no events.
 *
 * @see https://docs.chatvolt.ai
 */
export const chatvoltWebhook: WebhookAdapter<ChatvoltAccount> = {
  isAuthentic(request: WebhookRequest, account: ChatvoltAccount): boolean {
    const results = [
      matchesAnySecret(bearerOf(request), account.webhookSecret),
      matchesAnySecret(headerOf(request, 'webhook-secret'), account.webhookSecret),
      matchesAnySecret(request.query?.['webhook-secret'], account.webhookSecret),
    ];
    return results.includes(true);
  },

  describeMismatch(request: WebhookRequest, { webhookSecret: secrets }: ChatvoltAccount): string {
    const given = bearerOf(request) ?? headerOf(request, 'webhook-secret') ?? request.query?.['webhook-secret'];
    return describeMismatch({
      name: 'Authorization: Bearer, or webhook-secret,',
      given,
      option: 'webhookSecret',
      secrets,
    });
  },

  parse(body: unknown, account: ChatvoltAccount): ParsedWebhook {
    if (!isRecord(body) || typeof body.eventType !== 'string') return { events: [], foreign: [] };
    const agent = textIn(body, 'agentId');
    if (agent !== undefined && account.agentId !== undefined && agent !== account.agentId) {
      return { events: [], foreign: ['its agentId is not the account’s'] };
    }
    return { events: [eventOf(body, body.eventType, account)], foreign: [] };
  },
};

function eventOf(body: Body, eventType: string, account: ChatvoltAccount): ParsedEvent {
  const base = { provider: account.provider, account: account.name, at: eventTime(body.createdAt), raw: body };
  const failure = FAILURES.get(eventType);
  const messageId = textIn(body, 'messageId');
  if (failure && messageId !== undefined) return failed(body, base, messageId, eventType, failure);
  const message = CUSTOMER_MESSAGE_EVENTS.includes(eventType) ? inbound(body, base, eventType) : undefined;
  return message ?? { ...base, kind: 'other', type: eventType, hints: { repeatKey: callbackId(body) } };
}

function failed(body: Body, base: Base, messageId: string, eventType: string, failure: Failure): ParsedEvent {
  const recipient = senderOf(body, eventType);
  return {
    ...base,
    kind: 'message-status',
    status: 'failed',
    messageIds: [messageId],
    ...fieldsOf(eventType, failure),
    ...(Object.keys(recipient).length > 0 && { recipient }),
    hints: { ...(failure.otherwise && { otherwise: eventType }) },
  };
}

/** Returns the fields of a failed status for a type of event. */
export function chatvoltFailure(eventType: string): ReturnType<typeof fieldsOf> | undefined {
  const failure = FAILURES.get(eventType);
  return failure && fieldsOf(eventType, failure);
}

function fieldsOf(code: string, { category, reason }: Failure) {
  return { code, reason, category, errors: [{ code, message: reason }] };
}

/** Returns the event of a customer's message, or undefined if it has neither text nor files. */
function inbound(body: Body, base: Base, eventType: string): ParsedEvent | undefined {
  const text = textIn(body, 'userMessage');
  const messageId = textIn(body, 'messageId') ?? callbackId(body.conversationId, body.createdAt, body.userMessage);
  const reply = { ...base, from: senderOf(body, eventType), messageId };
  const isPrivate = isWhatsApp(body.channel) && eventType !== GROUP;
  const hints = isPrivate ? {} : { notPrivate: true };
  const [file] = listIn(body, 'attachments').filter(isRecord);
  if (file) return { ...reply, kind: 'message', ...mediaOf(file), ...withoutUndefined({ text }), hints };
  if (text === undefined) return undefined;
  const id = textIn(body, 'buttonId');
  if (id !== undefined) return { ...reply, kind: 'button-reply', button: { id, title: text }, hints };
  // Chatvolt merges texts within the agent's delay into one event, separated by a blank line.
  const parts = text.split(/\n\s*\n/);
  return { ...reply, kind: 'text-message', text, hints: { ...hints, ...(parts.length > 1 && { parts }) } };
}

function mediaOf(file: Record<string, unknown>): { type: string; media: InboundMedia } {
  const mimeType = textIn(file, 'mimeType');
  const kind = mimeType?.split('/', 1)[0] ?? '';
  return {
    type: MEDIA_TYPES.includes(kind) ? kind : 'document',
    media: withoutUndefined({ url: textIn(file, 'url'), mimeType, filename: textIn(file, 'name') }),
  };
}

/** Checks the channel. Buttons are a WhatsApp feature, so a missing channel counts as WhatsApp. */
function isWhatsApp(channel: unknown): boolean {
  return typeof channel !== 'string' || /^(?:whatsapp|zapi|zapper)/i.test(channel);
}

function bearerOf(request: WebhookRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
}

/** Returns a person in a conversation. The ID of a group is its conversation's. */
function senderOf(body: Body, eventType: string): EventSender {
  const conversation = textIn(body, 'conversationId');
  const group = eventType === GROUP ? conversation : undefined;
  return {
    ...personAddress(textIn(body, 'userPhone') ?? textIn(body, 'userPhoneNumber')),
    ...withoutUndefined({ group, conversation, name: textIn(body, 'userName') }),
  };
}
