import type { ZApiAccount } from '../../config/account.js';
import { eventTime } from '../../events/event-time.js';
import type { EventSender, MessageStatus, ParsedEvent } from '../../events/messaging-event.interface.js';
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

// READ_BY_ME, which says that we read somebody's message, is no status of a message of ours.
const STATUSES: ReadonlyMap<unknown, MessageStatus> = new Map([
  ['SENT', 'sent'],
  ['RECEIVED', 'delivered'],
  ['READ', 'read'],
  ['PLAYED', 'played'],
]);

/** Z-API's words where it is the buttons that were refused. */
const BUTTONS_REFUSED = [
  /accept buttons message terms/i,
  /whatsapp rejected sending this message/i,
  /not available to channels/i,
];

/** Z-API's callbacks. Source: its documentation of webhooks; `momment` is its spelling. */
export const zApiWebhook: WebhookProvider<ZApiAccount> = {
  isAuthentic(request: WebhookRequest, account: ZApiAccount): boolean {
    const results = [
      isOneOf(headerOf(request, 'z-api-token'), [account.token]),
      isOneOf(headerOf(request, 'webhook-secret'), account.webhookSecret),
      isOneOf(request.query?.['webhook-secret'], account.webhookSecret),
    ];
    return results.includes(true);
  },

  faultOf(request: WebhookRequest, { token, webhookSecret }: ZApiAccount): string {
    const given = headerOf(request, 'z-api-token');
    const secret = headerOf(request, 'webhook-secret') ?? request.query?.['webhook-secret'];
    return given === undefined && secret !== undefined
      ? proofFault({ name: 'webhook-secret', given: secret, option: 'webhookSecret', secrets: webhookSecret })
      : proofFault({ name: 'z-api-token', given, option: 'token', secrets: [token] });
  },

  parse(body: unknown, account: ZApiAccount): ParsedEvent[] {
    if (!isRecord(body)) return [];
    switch (body.type) {
      case 'ReceivedCallback':
        return received(body, account);
      case 'DeliveryCallback':
        return delivery(body, account);
      case 'MessageStatusCallback':
        return status(body, account);
      case 'ConnectedCallback':
        return [{ ...baseOf(body, account), kind: 'connection', connected: body.connected !== false }];
      case 'DisconnectedCallback':
        return [{ ...baseOf(body, account), kind: 'connection', connected: false, ...reasonOf(body) }];
      default:
        return [];
    }
  },
};

function received(body: Body, account: ZApiAccount): ParsedEvent[] {
  const messageId = textIn(body, 'messageId');
  // What we sent ourselves comes back too; what is still waiting has no content yet.
  if (messageId === undefined || body.fromMe === true || body.waitingMessage === true) return [];
  const inReplyTo = textIn(body, 'referenceMessageId');
  const answer = {
    ...baseOf(body, account),
    from: senderOf(body),
    messageId,
    ...(inReplyTo !== undefined && { inReplyTo }),
  };
  const button = buttonOf(body);
  if (button) return [{ ...answer, kind: 'button-reply', button }];
  const text = textIn(body, 'text', 'message');
  return text === undefined ? [] : [{ ...answer, kind: 'text-message', text }];
}

function buttonOf(body: Body): { id: string; title: string } | undefined {
  if (isRecord(body.buttonsResponseMessage)) {
    const { buttonsResponseMessage: press } = body;
    return { id: textIn(press, 'buttonId') ?? '', title: textIn(press, 'message') ?? '' };
  }
  if (isRecord(body.listResponseMessage)) {
    const { listResponseMessage: choice } = body;
    return {
      id: textIn(choice, 'selectedRowId') ?? '',
      title: textIn(choice, 'title') ?? textIn(choice, 'message') ?? '',
    };
  }
  return undefined;
}

function senderOf(body: Body): EventSender {
  const chat = textIn(body, 'phone');
  const inGroup = body.isGroup === true;
  const person = inGroup ? textIn(body, 'participantPhone') : chat;
  const lid = person?.endsWith('@lid') ? person : (textIn(body, inGroup ? 'participantLid' : 'senderLid') ?? undefined);
  const name = textIn(body, 'senderName');
  return {
    ...(person !== undefined && !person.endsWith('@lid') && { phone: person }),
    ...(lid !== undefined && { lid }),
    ...(inGroup && chat !== undefined && { group: chat }),
    ...(name !== undefined && { name }),
  };
}

function delivery(body: Body, account: ZApiAccount): ParsedEvent[] {
  const messageIds = [textIn(body, 'messageId') ?? textIn(body, 'zaapId')].filter((id) => id !== undefined);
  if (messageIds.length === 0) return [];
  const reason = reasonOf(body);
  const failed = reason.reason !== undefined;
  const buttonsRefused = BUTTONS_REFUSED.some((words) => words.test(reason.reason ?? ''));
  const base = baseOf(body, account);
  return [
    {
      ...base,
      kind: 'message-status',
      status: failed ? 'failed' : 'sent',
      messageIds,
      ...reason,
      ...(buttonsRefused && { buttonsRefused }),
    },
  ];
}

function status(body: Body, account: ZApiAccount): ParsedEvent[] {
  const known = STATUSES.get(body.status);
  const messageIds = Array.isArray(body.ids) ? body.ids.filter((id) => typeof id === 'string' && id !== '') : [];
  if (known === undefined || messageIds.length === 0) return [];
  return [{ ...baseOf(body, account), kind: 'message-status', status: known, messageIds }];
}

function reasonOf(body: Body): { reason?: string } {
  const words = [textIn(body, 'errorCode'), textIn(body, 'error')].filter((text) => text !== undefined);
  return words.length > 0 ? { reason: words.join(': ') } : {};
}

function baseOf(body: Body, account: ZApiAccount) {
  return { provider: account.provider, account: account.name, at: eventTime(body.momment), raw: body };
}
