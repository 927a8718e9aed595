import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WhatsAppCloudAccount } from '../../config/account.js';
import type { Secret } from '../../config/secret.js';
import { eventTime } from '../../events/event-time.js';
import type { MessageStatus, ParsedEvent } from '../../events/messaging-event.interface.js';
import { isRecord } from '../../validation/is-record.js';
import { metaCode } from '../meta-errors.js';
import {
  headerOf,
  isOneOf,
  proofFault,
  textIn,
  type WebhookProvider,
  type WebhookRequest,
} from '../webhook-provider.js';
import { sentIdIn } from './whatsapp-cloud.callback-data.js';

const STATUSES: readonly MessageStatus[] = ['sent', 'delivered', 'read', 'played', 'failed'];

/** The codes of a failed status that concern what was sent, not whom it was sent to. Source: error codes. */
const BUTTONS_REFUSED = [131009, 131051];

/** The Cloud API's webhooks. Source: WhatsApp Cloud API, webhooks. */
export const whatsAppCloudWebhook: WebhookProvider<WhatsAppCloudAccount> = {
  isAuthentic(request: WebhookRequest, account: WhatsAppCloudAccount): boolean {
    const given = signatureOf(request);
    const body = request.rawBody ?? new Uint8Array();
    const matches = account.appSecret.map((secret) =>
      timingSafeEqual(given, createHmac('sha256', secret.reveal()).update(body).digest()),
    );
    return matches.includes(true);
  },

  faultOf(request: WebhookRequest, { appSecret: secrets }: WhatsAppCloudAccount): string {
    const given = headerOf(request, 'x-hub-signature-256');
    return proofFault({ name: 'X-Hub-Signature-256', given, option: 'appSecret', secrets });
  },

  challenge({ query = {} }: WebhookRequest, account: WhatsAppCloudAccount): string | undefined {
    const known = isOneOf(query['hub.verify_token'], verifyTokensOf(account));
    return known && query['hub.mode'] === 'subscribe' ? textIn(query, 'hub.challenge') : undefined;
  },

  challengeFaultOf({ query = {} }: WebhookRequest, account: WhatsAppCloudAccount): string {
    const given = query['hub.verify_token'];
    const secrets = verifyTokensOf(account);
    return isOneOf(given, secrets)
      ? 'hub.mode is not subscribe, or hub.challenge is missing'
      : proofFault({ name: 'hub.verify_token', given, option: 'verifyToken', secrets });
  },

  parse(body: unknown, account: WhatsAppCloudAccount, siblings: readonly WhatsAppCloudAccount[]): ParsedEvent[] {
    const changes = listIn(body, 'entry').flatMap((entry) => listIn(entry, 'changes'));
    return changes.flatMap((change) => {
      const value = isRecord(change) ? change.value : undefined;
      const concerned = accountOf(value, account, siblings);
      return [
        ...listIn(value, 'messages').flatMap((message) => messageEvent(message, value, concerned)),
        ...listIn(value, 'statuses').flatMap((status) => statusEvent(status, concerned)),
      ];
    });
  },
};

function verifyTokensOf({ verifyToken }: WhatsAppCloudAccount): Secret[] {
  return verifyToken ? [verifyToken] : [];
}

/** An app has one address for all its numbers. A number of another app, whose secret was not proven, is not believed. */
function accountOf(
  value: unknown,
  account: WhatsAppCloudAccount,
  siblings: readonly WhatsAppCloudAccount[],
): WhatsAppCloudAccount {
  const number = textIn(value, 'metadata', 'phone_number_id');
  if (number === account.phoneNumberId) return account;
  const named = siblings.find(({ phoneNumberId }) => phoneNumberId === number);
  return named && sharesApp(named, account) ? named : account;
}

function sharesApp(one: WhatsAppCloudAccount, other: WhatsAppCloudAccount): boolean {
  const secrets = other.appSecret.map((secret) => secret.reveal());
  return one.appSecret.some((secret) => secrets.includes(secret.reveal()));
}

/** The signature's bytes; as many zeros where it is missing or malformed, so that it is compared all the same. */
function signatureOf(request: WebhookRequest): Buffer {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(headerOf(request, 'x-hub-signature-256') ?? '')?.[1];
  return hex === undefined ? Buffer.alloc(32) : Buffer.from(hex, 'hex');
}

function messageEvent(message: unknown, value: unknown, account: WhatsAppCloudAccount): ParsedEvent[] {
  const messageId = textIn(message, 'id');
  const phone = textIn(message, 'from');
  if (!isRecord(message) || messageId === undefined || phone === undefined) return [];
  const contact = listIn(value, 'contacts').find((entry) => textIn(entry, 'wa_id') === phone);
  const name = textIn(contact, 'profile', 'name');
  const inReplyTo = textIn(message, 'context', 'id');
  const answer = {
    ...baseOf(message, account),
    from: { phone, ...(name !== undefined && { name }) },
    messageId,
    ...(inReplyTo !== undefined && { inReplyTo }),
  };
  const button = buttonOf(message);
  if (button) return [{ ...answer, kind: 'button-reply', button }];
  const text = message.type === 'text' ? textIn(message, 'text', 'body') : undefined;
  return text === undefined ? [] : [{ ...answer, kind: 'text-message', text }];
}

function buttonOf(message: Record<string, unknown>): { id: string; title: string } | undefined {
  if (message.type === 'button' && isRecord(message.button)) {
    return { id: textIn(message.button, 'payload') ?? '', title: textIn(message.button, 'text') ?? '' };
  }
  if (message.type !== 'interactive' || !isRecord(message.interactive)) return undefined;
  const { button_reply: press, list_reply: choice } = message.interactive;
  const reply = isRecord(press) ? press : choice;
  return isRecord(reply) ? { id: textIn(reply, 'id') ?? '', title: textIn(reply, 'title') ?? '' } : undefined;
}

function statusEvent(status: unknown, account: WhatsAppCloudAccount): ParsedEvent[] {
  const messageId = textIn(status, 'id');
  const known = STATUSES.find((name) => isRecord(status) && status.status === name);
  if (!isRecord(status) || messageId === undefined || known === undefined) return [];
  const [error] = listIn(status, 'errors');
  const code = isRecord(error) ? metaCode(error.code) : undefined;
  const reason = reasonOf(error, code);
  const sentId = sentIdIn(textIn(status, 'biz_opaque_callback_data'));
  return [
    {
      ...baseOf(status, account),
      kind: 'message-status',
      status: known,
      messageIds: [messageId],
      ...(sentId !== undefined && { sentId }),
      ...(reason !== undefined && { reason }),
      ...(code !== undefined && BUTTONS_REFUSED.includes(code) && { buttonsRefused: true }),
    },
  ];
}

function reasonOf(error: unknown, code: number | undefined): string | undefined {
  const words = textIn(error, 'error_data', 'details') ?? textIn(error, 'message') ?? textIn(error, 'title');
  const parts = [code === undefined ? undefined : `${code}`, words].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(': ') : undefined;
}

function baseOf(raw: Record<string, unknown>, account: WhatsAppCloudAccount) {
  return { provider: account.provider, account: account.name, at: eventTime(raw.timestamp), raw };
}

function listIn(value: unknown, field: string): unknown[] {
  const list = isRecord(value) ? value[field] : undefined;
  return Array.isArray(list) ? list : [];
}
