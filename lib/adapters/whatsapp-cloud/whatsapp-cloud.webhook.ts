import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../config/accounts/secret.js';
import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { ParsedWebhook } from '../../events/messaging-event.interface.js';
import { isRecord } from '../../validation/is-record.js';
import { listIn, textIn } from '../json-fields.js';
import {
  type AuthenticAccounts,
  describeMismatch,
  headerOf,
  matchesAnySecret,
  type WebhookAdapter,
  type WebhookRequest,
} from '../webhook-adapter.js';
import { cloudEvents } from './whatsapp-cloud.events.js';

const META_SIGNATURE = 'X-Hub-Signature-256';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;
const OTHER_SIGNATURE = /^(?:sha256=)?([0-9a-f]{64})$/i;

/**
 * Verifies and parses webhooks of the Cloud API.
 *
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export const whatsAppCloudWebhook: WebhookAdapter<WhatsAppCloudAccount> = {
  isAuthentic(request: WebhookRequest, account: WhatsAppCloudAccount): boolean {
    const given = signatureOf(request, account);
    const body = request.rawBody ?? new Uint8Array();
    const matches = account.appSecret.map((secret) =>
      timingSafeEqual(given, createHmac('sha256', secret.reveal()).update(body).digest()),
    );
    return matches.includes(true);
  },

  verifyHead(head: WebhookRequest, account: WhatsAppCloudAccount): boolean | undefined {
    return account.appSecret.length > 0 && signatureIn(head, account) !== undefined ? undefined : false;
  },

  describeMismatch(request: WebhookRequest, account: WhatsAppCloudAccount): string {
    const { appSecret: secrets, signatureHeader: name = META_SIGNATURE } = account;
    return describeMismatch({ name, given: headerOf(request, name.toLowerCase()), option: 'appSecret', secrets });
  },

  challenge({ query = {} }: WebhookRequest, account: WhatsAppCloudAccount): string | undefined {
    const known = matchesAnySecret(query['hub.verify_token'], verifyTokensOf(account));
    return known && query['hub.mode'] === 'subscribe' ? textIn(query, 'hub.challenge') : undefined;
  },

  describeChallengeMismatch({ query = {} }: WebhookRequest, account: WhatsAppCloudAccount): string {
    const given = query['hub.verify_token'];
    const secrets = verifyTokensOf(account);
    return matchesAnySecret(given, secrets)
      ? 'hub.mode is not subscribe, or hub.challenge is missing'
      : describeMismatch({ name: 'hub.verify_token', given, option: 'verifyToken', secrets });
  },

  parse(body: unknown, account: WhatsAppCloudAccount, others: AuthenticAccounts<WhatsAppCloudAccount>): ParsedWebhook {
    const parsed = listIn(body, 'entry')
      .filter(isRecord)
      .flatMap((entry) => listIn(entry, 'changes').map((change) => changeEvents(change, entry.time, account, others)));
    return { events: parsed.flatMap(({ events }) => events), foreign: parsed.flatMap(({ foreign }) => foreign) };
  },
};

/**
 * Returns the events of a change. An app has one URL for all its phone numbers, so the change may belong to another
 * account, or to none.
 */
function changeEvents(
  change: unknown,
  time: unknown,
  account: WhatsAppCloudAccount,
  others: AuthenticAccounts<WhatsAppCloudAccount>,
): ParsedWebhook {
  if (!isRecord(change) || !isRecord(change.value)) return { events: [], foreign: [] };
  const number = textIn(change.value, 'metadata', 'phone_number_id');
  const isOwn = number === undefined || number === account.phoneNumberId;
  const concerned = isOwn ? account : others.find(({ phoneNumberId }) => phoneNumberId === number);
  if (!concerned) return { events: [], foreign: ['its phone_number_id is not the account’s'] };
  const field = textIn(change, 'field') ?? '';
  return { events: cloudEvents({ field, value: change.value, time }, concerned), foreign: [] };
}

function verifyTokensOf({ verifyToken }: WhatsAppCloudAccount): Secret[] {
  return verifyToken ? [verifyToken] : [];
}

/** Returns the bytes of the signature, or zeros if it is missing or malformed, for a comparison in constant time. */
function signatureOf(request: WebhookRequest, account: WhatsAppCloudAccount): Buffer {
  const hex = signatureIn(request, account);
  return hex === undefined ? Buffer.alloc(32) : Buffer.from(hex, 'hex');
}

/** Meta's signature has a prefix. Other providers document none, and some send it. */
function signatureIn(request: WebhookRequest, { signatureHeader }: WhatsAppCloudAccount): string | undefined {
  const name = (signatureHeader ?? META_SIGNATURE).toLowerCase();
  const form = name === META_SIGNATURE.toLowerCase() ? SIGNATURE : OTHER_SIGNATURE;
  return form.exec(headerOf(request, name) ?? '')?.[1];
}
