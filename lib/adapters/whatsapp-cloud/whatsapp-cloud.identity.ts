import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { eventTime } from '../../events/event-time.js';
import type { EventSender, ParsedEvent } from '../../events/messaging-event.interface.js';
import { personAddress } from '../../events/whatsapp-address.js';
import { isRecord } from '../../validation/is-record.js';
import { callbackId } from '../callback-id.js';
import { listIn, textIn } from '../webhook-adapter.js';
import type { CloudChange } from './whatsapp-cloud.change.js';

const CHANGES: readonly unknown[] = ['user_changed_number', 'user_changed_user_id', 'customer_changed_number'];

/** A message of WhatsApp's own that says that somebody's number or id changed. Source: Cloud API, system messages. */
export function identityEvent(message: Record<string, unknown>, account: WhatsAppCloudAccount): ParsedEvent[] {
  const { system } = message;
  if (!isRecord(system) || !CHANGES.includes(system.type)) return [];
  const from = personAddress(textIn(message, 'from'));
  const previousId = textIn(system, 'previous_user_id') ?? textIn(message, 'from_user_id') ?? from.userId;
  const currentNumber = textIn(system, 'wa_id') ?? textIn(system, 'new_wa_id');
  const previous = personWith(from.phone, previousId, textIn(system, 'previous_parent_user_id'));
  const current = {
    ...personWith(undefined, textIn(system, 'user_id'), textIn(system, 'parent_user_id')),
    ...personAddress(currentNumber ?? from.phone),
  };
  return [changeOf(previous, current, message, account)];
}

/** The field that told changed user ids before they came as messages. */
export function identityUpdates({ value }: CloudChange, account: WhatsAppCloudAccount): ParsedEvent[] {
  return listIn(value, 'user_id_update').flatMap((update) => {
    if (!isRecord(update)) return [];
    const { phone } = personAddress(textIn(update, 'wa_id'));
    const previous = personWith(
      phone,
      textIn(update, 'user_id', 'previous'),
      textIn(update, 'parent_user_id', 'previous'),
    );
    const current = personWith(
      phone,
      textIn(update, 'user_id', 'current'),
      textIn(update, 'parent_user_id', 'current'),
    );
    return [changeOf(previous, current, update, account)];
  });
}

function changeOf(
  previous: EventSender,
  current: EventSender,
  raw: Record<string, unknown>,
  { provider, name }: WhatsAppCloudAccount,
): ParsedEvent {
  const at = eventTime(raw.timestamp);
  return {
    kind: 'identity',
    provider,
    account: name,
    at,
    previous,
    current,
    raw,
    hints: { repeatKey: callbackId(raw) },
  };
}

function personWith(
  phone: string | undefined,
  userId: string | undefined,
  parentUserId: string | undefined,
): EventSender {
  return {
    ...(phone !== undefined && { phone }),
    ...(userId !== undefined && { userId }),
    ...(parentUserId !== undefined && { parentUserId }),
  };
}
