import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import type { EventSender, MessageStatus, ParsedEvent, ParsedWebhook } from '../../events/messaging-event.interface.js';
import { isBroadcast, whatsAppAddress, withoutLidAsPhone } from '../../events/whatsapp-address.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import { isRecord } from '../../validation/is-record.js';
import { callbackId } from '../callback-id.js';
import { textIn } from '../json-fields.js';
import {
  describeMismatch,
  headerOf,
  matchesAnySecret,
  type WebhookAdapter,
  type WebhookRequest,
} from '../webhook-adapter.js';
import { zApiFailure } from './z-api.errors.js';
import { inboundEvents } from './z-api.inbound.js';
import { baseOf, type ZApiBody } from './z-api.webhook-body.js';

// READ_BY_ME is excluded: it reports that we read a customer's message.
const STATUSES: ReadonlyMap<string, MessageStatus> = new Map([
  ['SENT', 'sent'],
  ['RECEIVED', 'delivered'],
  // From older documentation.
  ['MESSAGE_RECEIVED', 'delivered'],
  ['READ', 'read'],
  ['PLAYED', 'played'],
]);

/** Verifies and parses Z-API's webhooks. @see https://developer.z-api.io/en/webhooks/introduction */
export const zApiWebhook: WebhookAdapter<ZApiAccount> = {
  isAuthentic(request: WebhookRequest, account: ZApiAccount): boolean {
    const results = [
      matchesAnySecret(headerOf(request, 'z-api-token'), [account.token]),
      matchesAnySecret(headerOf(request, 'webhook-secret'), account.webhookSecret),
      matchesAnySecret(request.query?.['webhook-secret'], account.webhookSecret),
    ];
    return results.includes(true);
  },

  describeMismatch(request: WebhookRequest, { token, webhookSecret }: ZApiAccount): string {
    const given = headerOf(request, 'z-api-token');
    const secret = headerOf(request, 'webhook-secret') ?? request.query?.['webhook-secret'];
    return given === undefined && secret !== undefined
      ? describeMismatch({ name: 'webhook-secret', given: secret, option: 'webhookSecret', secrets: webhookSecret })
      : describeMismatch({ name: 'z-api-token', given, option: 'token', secrets: [token] });
  },

  parse(body: unknown, account: ZApiAccount): ParsedWebhook {
    if (!isRecord(body)) return { events: [], foreign: [] };
    const instance = textIn(body, 'instanceId');
    if (instance !== undefined && instance !== account.instanceId) {
      return { events: [], foreign: ['its instanceId is not the account’s'] };
    }
    return { events: eventsOf(body, account), foreign: [] };
  },
};

function eventsOf(body: ZApiBody, account: ZApiAccount): ParsedEvent[] {
  switch (body.type) {
    case 'ReceivedCallback':
      return inboundEvents(body, account);
    case 'DeliveryCallback':
      return delivery(body, account);
    case 'MessageStatusCallback':
      return status(body, account);
    case 'ConnectedCallback':
      return [{ ...baseOf(body, account), kind: 'connection', connected: body.connected !== false }];
    case 'DisconnectedCallback':
      return [
        {
          ...baseOf(body, account),
          kind: 'connection',
          connected: false,
          ...withoutUndefined({ reason: textIn(body, 'error') }),
        },
      ];
    default:
      return typeof body.type === 'string' ? [other(body, body.type, account)] : [];
  }
}

/** Returns the status of a message that left Z-API's queue or failed. Either ID may be missing. */
function delivery(body: ZApiBody, account: ZApiAccount): ParsedEvent[] {
  const ids = [textIn(body, 'messageId'), textIn(body, 'zaapId')].filter((id) => id !== undefined);
  const messageIds = [...new Set(ids)];
  if (messageIds.length === 0) return [other(body, 'DeliveryCallback', account)];
  const base = { ...baseOf(body, account), kind: 'message-status', messageIds, ...recipientOf(body) } as const;
  const code = textIn(body, 'errorCode');
  const reason = textIn(body, 'error') ?? code;
  if (reason === undefined) return [{ ...base, status: 'sent' }];
  const { category, buttonsRefused, opensCircuit } = zApiFailure({ code, text: reason });
  const coded = withoutUndefined({ code });
  const errors = [{ ...coded, message: reason }];
  return [{ ...base, status: 'failed', reason, ...coded, category, errors, hints: { buttonsRefused, opensCircuit } }];
}

function status(body: ZApiBody, account: ZApiAccount): ParsedEvent[] {
  const known = STATUSES.get(textIn(body, 'status') ?? '');
  // A list in the examples, a string in the table of fields.
  const given: readonly unknown[] = Array.isArray(body.ids) ? body.ids : [body.ids];
  const messageIds = given.flatMap((id) => (typeof id === 'string' && id !== '' ? [id] : []));
  if (known === undefined || messageIds.length === 0) return [];
  return [{ ...baseOf(body, account), kind: 'message-status', status: known, messageIds, ...recipientOf(body) }];
}

function other(body: ZApiBody, type: string, account: ZApiAccount): ParsedEvent {
  return { ...baseOf(body, account), kind: 'other', type, hints: { repeatKey: callbackId(body) } };
}

/** Returns the recipient of a status. In a group, the participant. */
function recipientOf(body: ZApiBody): { recipient?: EventSender } {
  const chat = textIn(body, 'phone');
  const address = whatsAppAddress(chat);
  if (isBroadcast(address)) return {};
  const group = address.group ?? (body.isGroup === true ? chat : undefined);
  const person =
    group === undefined ? address : whatsAppAddress(textIn(body, 'participant') ?? textIn(body, 'participantPhone'));
  const lid = group === undefined ? whatsAppAddress(textIn(body, 'chatLid')) : {};
  const recipient = withoutLidAsPhone({
    ...(isBroadcast(lid) ? {} : lid),
    ...(isBroadcast(person) ? {} : person),
    ...(group !== undefined && { group }),
  });
  return Object.keys(recipient).length > 0 ? { recipient } : {};
}
