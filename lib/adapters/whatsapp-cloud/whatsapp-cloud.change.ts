import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { eventTime } from '../../events/event-time.js';
import type { ParsedEvent } from '../../events/messaging-event.interface.js';
import { callbackId } from '../callback-id.js';

/** One change of a webhook. */
export interface CloudChange {
  /** What the app has subscribed to. */
  field: string;
  value: Record<string, unknown>;
  /** When Meta noticed it, in seconds. */
  time: unknown;
}

/** What is nothing else, by the name of its field. */
export function otherEvent(
  type: string,
  raw: Record<string, unknown>,
  change: CloudChange,
  account: WhatsAppCloudAccount,
): ParsedEvent {
  return { ...baseOfChange(raw, change, account), kind: 'other', type, hints: { repeatKey: callbackId(change, raw) } };
}

/** What every event of a change has. */
export function baseOfChange(
  raw: Record<string, unknown>,
  { value, time }: CloudChange,
  account: WhatsAppCloudAccount,
) {
  const at = eventTime(raw.timestamp ?? value.timestamp ?? time);
  return { provider: account.provider, account: account.name, at, raw };
}
