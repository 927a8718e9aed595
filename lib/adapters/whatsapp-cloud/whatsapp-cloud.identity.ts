import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { eventTime } from '../../events/event-time.js';
import type { EventSender, ParsedEvent } from '../../events/messaging-event.interface.js';
import { personAddress } from '../../events/whatsapp-address.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import { isRecord } from '../../validation/is-record.js';
import { callbackId } from '../callback-id.js';
import { textIn } from '../json-fields.js';
import { type CloudChange, otherEvent } from './whatsapp-cloud.change.js';

const CHANGES: readonly unknown[] = ['user_changed_number', 'user_changed_user_id', 'customer_changed_number'];

/**
 * Returns the event of a system message about a changed phone number or user ID.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function identityEvent(message: Record<string, unknown>, account: WhatsAppCloudAccount): ParsedEvent[] {
  const { system } = message;
  if (!isRecord(system) || !CHANGES.includes(system.type)) return [];
  const inText = changeIn(textIn(system, 'body'));
  const from = personAddress(textIn(message, 'from'));
  const namedId = textIn(system, 'previous_user_id') ?? inText.previous.userId;
  const previousId = namedId ?? textIn(message, 'from_user_id') ?? from.userId;
  const previousNumber = from.phone ?? inText.previous.phone;
  const currentNumber = textIn(system, 'wa_id') ?? textIn(system, 'new_wa_id') ?? inText.current.phone;
  const currentId = textIn(system, 'user_id') ?? inText.current.userId;
  const previous = withoutUndefined({
    phone: previousNumber,
    userId: previousId,
    parentUserId: textIn(system, 'previous_parent_user_id'),
  });
  const current = {
    ...withoutUndefined({ userId: currentId, parentUserId: textIn(system, 'parent_user_id') }),
    ...personAddress(currentNumber ?? previousNumber),
  };
  return [changeOf(previous, current, message, account)];
}

/**
 * Parses the text of the message, which often is the only source of the previous ID. It begins with the person's name.
 */
function changeIn(text = ''): { previous: EventSender; current: EventSender } {
  const [, previous, current] = / changed from (\S+) to (\S+?)\.?$/.exec(text) ?? [];
  return { previous: personAddress(previous), current: personAddress(current) };
}

/** Returns the events of the field for changed user IDs. */
export function identityUpdates(change: CloudChange, account: WhatsAppCloudAccount): ParsedEvent[] {
  const { value, field } = change;
  const updates = updatesIn(value);
  if (updates.length === 0) return [otherEvent(field, value, change, account)];
  return updates.map((update) => {
    const { phone } = personAddress(textIn(update, 'wa_id'));
    const person = (when: 'previous' | 'current') =>
      withoutUndefined({
        phone,
        userId: textIn(update, 'user_id', when),
        parentUserId: textIn(update, 'parent_user_id', when),
      });
    return changeOf(person('previous'), person('current'), update, account);
  });
}

/** Meta documents a list. Some webhooks contain a single update, or are the update. */
function updatesIn(value: Record<string, unknown>): Record<string, unknown>[] {
  const given = [value.user_id_update ?? value].flat();
  return given.filter(isRecord).filter(({ user_id: id }) => isRecord(id));
}

function changeOf(
  previous: EventSender,
  current: EventSender,
  raw: Record<string, unknown>,
  { provider, name }: WhatsAppCloudAccount,
): ParsedEvent {
  const base = { provider, account: name, at: eventTime(raw.timestamp), raw };
  return { ...base, kind: 'identity', previous, current, hints: { repeatKey: callbackId(raw) } };
}
