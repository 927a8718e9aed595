import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { AccountEventType, ParsedEvent } from '../../events/messaging-event.interface.js';
import { isRecord } from '../../validation/is-record.js';
import { callbackId } from '../callback-id.js';
import { listIn, textIn } from '../json-fields.js';
import { baseOfChange, type CloudChange, otherEvent } from './whatsapp-cloud.change.js';
import { identityUpdates } from './whatsapp-cloud.identity.js';
import { messageEvents } from './whatsapp-cloud.inbound.js';
import { statusEvents } from './whatsapp-cloud.statuses.js';

/** The fields that always report the same of the account. */
const ACCOUNT_EVENTS = new Map<string, string>([
  ['account_alerts', 'alert'],
  ['account_review_update', 'review'],
  ['message_template_status_update', 'template-status'],
  ['template_category_update', 'template-category'],
  ['message_template_quality_update', 'quality'],
  ['business_capability_update', 'limit'],
]);

/**
 * Returns the events of a change.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function cloudEvents(change: CloudChange, account: WhatsAppCloudAccount): ParsedEvent[] {
  if (change.field === 'user_id_update') return identityUpdates(change, account);
  const type = accountEventType(change);
  return type === undefined ? contentEvents(change, account) : [accountEvent(type, change, account)];
}

function accountEventType({ field, value }: CloudChange): AccountEventType | (string & {}) | undefined {
  if (field === 'account_update') return accountUpdateType(value);
  if (field !== 'phone_number_quality_update') return ACCOUNT_EVENTS.get(field);
  return value.event === 'FLAGGED' || value.event === 'UNFLAGGED' ? 'quality' : 'limit';
}

/** Reads messages, statuses and errors of any field, because some apps receive them under other names. */
function contentEvents(change: CloudChange, account: WhatsAppCloudAccount): ParsedEvent[] {
  const { value, field } = change;
  // Copies of old conversations, sent when a phone number is connected. Nothing waits for a reply in them.
  if (field === 'history' || field === 'standby') return [otherEvent(field, value, change, account)];
  const events = [
    ...listIn(value, 'messages').flatMap((message) => messageEvents(message, value, account)),
    ...listIn(value, 'statuses').flatMap((status) => statusEvents(status, change, account)),
    ...errorEvents(change, account),
  ];
  const isEmpty = events.length === 0 && listIn(value, 'messages').length + listIn(value, 'statuses').length === 0;
  return isEmpty ? [otherEvent(field, value, change, account)] : events;
}

/** Returns errors of the account. Errors of a message are in the message. */
function errorEvents(change: CloudChange, account: WhatsAppCloudAccount): ParsedEvent[] {
  return listIn(change.value, 'errors').flatMap((error) =>
    isRecord(error) ? [accountEvent('error', { ...change, value: error }, account)] : [],
  );
}

function accountEvent(
  type: AccountEventType | (string & {}),
  change: CloudChange,
  account: WhatsAppCloudAccount,
): ParsedEvent {
  const detail = detailOf(change.value);
  return {
    ...baseOfChange(change.value, change, account),
    kind: 'account',
    type,
    ...(detail !== undefined && { detail }),
    hints: { repeatKey: callbackId(change) },
  };
}

function accountUpdateType(value: Record<string, unknown>): AccountEventType | (string & {}) {
  switch (value.event) {
    case 'ACCOUNT_RESTRICTION':
      return 'restricted';
    case 'ACCOUNT_DELETED':
      return 'disabled';
    case 'DISABLED_UPDATE':
      return textIn(value, 'ban_info', 'waba_ban_state') === 'REINSTATE' ? 'restored' : 'disabled';
    default:
      return nameOf(value.event) ?? 'update';
  }
}

/** Converts Meta's name to the format of our events. */
function nameOf(event: unknown): string | undefined {
  return typeof event === 'string' && event !== '' ? event.toLowerCase().replaceAll('_', '-') : undefined;
}

const DETAILS: readonly (readonly string[])[] = [
  ['message_template_name'],
  ['event'],
  ['ban_info', 'waba_ban_state'],
  ['violation_info', 'violation_type'],
  ['new_category'],
  ['new_quality_score'],
  ['current_limit'],
  ['reason'],
  ['decision'],
  ['alert_info', 'alert_type'],
  ['title'],
  ['message'],
  ['error_data', 'details'],
];

function detailOf(value: Record<string, unknown>): string | undefined {
  const restrictions = listIn(value, 'restriction_info').flatMap((info) => textIn(info, 'restriction_type') ?? []);
  const details = [...DETAILS.flatMap((path) => textIn(value, ...path) ?? []), ...restrictions];
  const code = typeof value.code === 'number' ? [String(value.code)] : [];
  const parts = [...code, ...details].filter((word, index, all) => word !== 'NONE' && all.indexOf(word) === index);
  return parts.length > 0 ? parts.join(': ') : undefined;
}
