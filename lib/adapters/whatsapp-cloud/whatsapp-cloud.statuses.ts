import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { eventTime } from '../../events/event-time.js';
import type { EventSender, MessageStatus, ParsedEvent } from '../../events/messaging-event.interface.js';
import { personAddress } from '../../events/whatsapp-address.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import { isRecord } from '../../validation/is-record.js';
import { listIn, textIn } from '../json-fields.js';
import { metaCode, metaFailure } from '../meta-errors.js';
import { sentIdIn } from './whatsapp-cloud.callback-data.js';
import { type CloudChange, otherEvent } from './whatsapp-cloud.change.js';
import { findContact, personKeys, senderIn } from './whatsapp-cloud.contacts.js';

const STATUSES: readonly MessageStatus[] = ['sent', 'delivered', 'read', 'played', 'failed'];

/**
 * Returns the event of a message's status. Statuses of payments and calls cause none.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function statusEvents(status: unknown, change: CloudChange, account: WhatsAppCloudAccount): ParsedEvent[] {
  if (!isRecord(status)) return [];
  const messageId = textIn(status, 'id');
  const known = STATUSES.find((name) => status.status === name);
  const isOfMessage = (textIn(status, 'type') ?? 'message') === 'message';
  if (messageId === undefined || known === undefined || !isOfMessage) {
    return [otherEvent(change.field, status, change, account)];
  }
  const sentId = sentIdIn(textIn(status, 'biz_opaque_callback_data'));
  const recipient = recipientOf(status, listIn(change.value, 'contacts'));
  const failure = known === 'failed' ? failureOf(status) : undefined;
  return [
    {
      provider: account.provider,
      account: account.name,
      at: eventTime(status.timestamp),
      raw: status,
      kind: 'message-status',
      status: known,
      messageIds: [messageId],
      ...(Object.keys(recipient).length > 0 && { recipient }),
      ...withoutUndefined({ sentId }),
      ...failure,
    },
  ];
}

/** Returns the recipient of a status. In a group, the participant, or else the group. Contacts add the other IDs. */
function recipientOf(status: Record<string, unknown>, contacts: readonly unknown[]): EventSender {
  const inGroup = status.recipient_type === 'group';
  const person = inGroup ? 'recipient_participant_' : 'recipient_';
  const { phone, userId: id } = personAddress(textIn(status, `${person}id`));
  const userId = textIn(status, `${person}user_id`) ?? id;
  const parentUserId = textIn(status, `${person}parent_user_id`) ?? textIn(status, 'parent_recipient_user_id');
  const group = inGroup ? textIn(status, 'recipient_id') : undefined;
  return {
    ...senderIn(findContact(contacts, personKeys(phone, userId))),
    ...withoutUndefined({ phone, userId, parentUserId, group }),
  };
}

function failureOf(status: Record<string, unknown>) {
  const errors = listIn(status, 'errors').filter(isRecord).map(errorOf);
  const [first] = errors;
  const { category, ...hints } = metaFailure(metaCode(first?.code) ?? Number.NaN);
  const texts = [first?.code, first?.message].filter((part) => part !== undefined && part !== '');
  return {
    category,
    ...withoutUndefined({ code: first?.code }),
    ...(texts.length > 0 && { reason: texts.join(': ') }),
    ...(errors.length > 0 && { errors }),
    hints,
  };
}

function errorOf(error: Record<string, unknown>): { code?: string; message: string } {
  const code = metaCode(error.code);
  const message =
    textIn(error, 'error_data', 'details') ??
    textIn(error, 'details') ??
    textIn(error, 'message') ??
    textIn(error, 'title') ??
    '';
  return { ...(code !== undefined && { code: String(code) }), message };
}
