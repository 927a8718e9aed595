import type { ChatvoltAccount } from '../../config/account.js';
import { eventTime } from '../../events/event-time.js';
import type { EventSender, ParsedEvent } from '../../events/messaging-event.interface.js';
import { phoneDigits } from '../../message/recipient.js';
import { isRecord } from '../../validation/is-record.js';
import {
  headerOf,
  isOneOf,
  proofFault,
  textIn,
  type WebhookProvider,
  type WebhookRequest,
} from '../webhook-provider.js';

type Body = Record<string, unknown>;

/** The events that carry the customer's words. */
const CUSTOMER_SPEAKS: readonly unknown[] = ['USER_MESSAGE_RECEIVED', 'AGENT_USER_MESSAGE', 'GROUP_MESSAGE_RECEIVED'];

/**
 * Chatvolt's webhooks. Source: its documentation of webhooks. A press arrives as words: the title of the button, which
 * is then looked for among the buttons last sent. The health check's body, which has no `eventType`, gives no events.
 */
export const chatvoltWebhook: WebhookProvider<ChatvoltAccount> = {
  isAuthentic(request: WebhookRequest, account: ChatvoltAccount): boolean {
    const results = [
      isOneOf(bearerOf(request), account.webhookSecret),
      isOneOf(headerOf(request, 'webhook-secret'), account.webhookSecret),
      isOneOf(request.query?.['webhook-secret'], account.webhookSecret),
    ];
    return results.includes(true);
  },

  faultOf(request: WebhookRequest, { webhookSecret: secrets }: ChatvoltAccount): string {
    const given = bearerOf(request) ?? headerOf(request, 'webhook-secret') ?? request.query?.['webhook-secret'];
    return proofFault({ name: 'Authorization: Bearer, or webhook-secret,', given, option: 'webhookSecret', secrets });
  },

  parse(body: unknown, account: ChatvoltAccount): ParsedEvent[] {
    if (!isRecord(body)) return [];
    const messageId = textIn(body, 'messageId');
    if (messageId === undefined) return [];
    const base = { provider: account.provider, account: account.name, at: eventTime(body.createdAt), raw: body };
    if (body.eventType === 'AGENT_MESSAGE_BLOCKED') {
      return [{ ...base, kind: 'message-status', status: 'failed', messageIds: [messageId] }];
    }
    const text = textIn(body, 'userMessage');
    if (text === undefined || !CUSTOMER_SPEAKS.includes(body.eventType)) return [];
    const answer = { ...base, from: senderOf(body), messageId };
    const id = textIn(body, 'buttonId');
    return id === undefined
      ? [{ ...answer, kind: 'text-message', text }]
      : [{ ...answer, kind: 'button-reply', button: { id, title: text } }];
  },
};

function bearerOf(request: WebhookRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
}

function senderOf(body: Body): EventSender {
  const conversation = textIn(body, 'conversationId');
  const phone = phoneDigits(textIn(body, 'userPhone') ?? '');
  const name = textIn(body, 'userName');
  return {
    ...(conversation !== undefined && { conversation }),
    ...(phone !== '' && { phone }),
    ...(name !== undefined && { name }),
  };
}
