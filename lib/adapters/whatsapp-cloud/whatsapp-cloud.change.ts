import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { eventTime } from '../../events/event-time.js';
import type { ParsedEvent } from '../../events/messaging-event.interface.js';
import { callbackId } from '../callback-id.js';

/** A change in a webhook. */
export interface CloudChange {
  /** The webhook field that the app subscribed to. */
  field: string;
  value: Record<string, unknown>;
  /** Meta's time of the change, in seconds. */
  time: unknown;
}

/** Returns an event for a change of any other kind. */
export function otherEvent(
  type: string,
  raw: Record<string, unknown>,
  change: CloudChange,
  account: WhatsAppCloudAccount,
): ParsedEvent {
  return { ...baseOfChange(raw, change, account), kind: 'other', type, hints: { repeatKey: callbackId(change, raw) } };
}

/** Returns the fields that every event of a change has. */
export function baseOfChange(
  raw: Record<string, unknown>,
  { value, time }: CloudChange,
  account: WhatsAppCloudAccount,
) {
  const at = eventTime(raw.timestamp ?? value.timestamp ?? time);
  return { provider: account.provider, account: account.name, at, raw };
}
