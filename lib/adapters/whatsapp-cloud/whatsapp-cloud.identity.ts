import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { eventTime } from '../../events/event-time.js';
import type { EventSender, ParsedEvent } from '../../events/messaging-event.interface.js';
import { personAddress } from '../../events/whatsapp-address.js';
import { isRecord } from '../../validation/is-record.js';
import { callbackId } from '../callback-id.js';
import { textIn } from '../webhook-adapter.js';
import { type CloudChange, otherEvent } from './whatsapp-cloud.change.js';

const CHANGES: readonly unknown[] = ['user_changed_number', 'user_changed_user_id', 'customer_changed_number'];

/** A message of WhatsApp's own that says that somebody's number or id changed. Source: Cloud API, system messages. */
export function identityEvent(message: Record<string, unknown>, account: WhatsAppCloudAccount): ParsedEvent[] {
  const { system } = message;
  if (!isRecord(system) || !CHANGES.includes(system.type)) return [];
  const told = changeIn(textIn(system, 'body'));
  const from = personAddress(textIn(message, 'from'));
  const namedId = textIn(system, 'previous_user_id') ?? told.previous.userId;
  const previousId = namedId ?? textIn(message, 'from_user_id') ?? from.userId;
  const previousNumber = from.phone ?? told.previous.phone;
  const currentNumber = textIn(system, 'wa_id') ?? textIn(system, 'new_wa_id') ?? told.current.phone;
  const currentId = textIn(system, 'user_id') ?? told.current.userId;
  const previous = personWith(previousNumber, previousId, textIn(system, 'previous_parent_user_id'));
  const current = {
    ...personWith(undefined, currentId, textIn(system, 'parent_user_id')),
    ...personAddress(currentNumber ?? previousNumber),
  };
  return [changeOf(previous, current, message, account)];
}

/** What the words of the message say; often they alone name the former id. What the person is called stands before. */
function changeIn(words = ''): { previous: EventSender; current: EventSender } {
  const [, previous, current] = / changed from (\S+) to (\S+?)\.?$/.exec(words) ?? [];
  return { previous: personAddress(previous), current: personAddress(current) };
}

/** The field that told changed user ids before they came as messages. */
export function identityUpdates(change: CloudChange, account: WhatsAppCloudAccount): ParsedEvent[] {
  const { value, field } = change;
  const updates = updatesIn(value);
  if (updates.length === 0) return [otherEvent(field, value, change, account)];
  return updates.map((update) => {
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
    return changeOf(previous, current, update, account);
  });
}

/** Meta's documents have a list; a single update, and one that is the whole value, were seen too. */
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
