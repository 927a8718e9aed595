import type { EventSender } from '../events/messaging-event.interface.js';
import type { MessageRecipient } from './button-message.interface.js';

/** Returns the chat of an event as a recipient: the group or conversation, else the person. */
export function recipientOfSender({
  group,
  conversation,
  phone,
  userId,
  lid,
}: EventSender): MessageRecipient | undefined {
  if (group !== undefined) return { group };
  if (conversation !== undefined) return { conversation };
  // The digits of an event include the country code.
  if (phone !== undefined) return { phone: `+${phone}` };
  if (userId !== undefined) return { userId };
  return lid === undefined ? undefined : { lid };
}
