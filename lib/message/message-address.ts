import type { MessageRecipient } from './button-message.interface.js';
import { wireRecipient } from './recipient.js';

/** A recipient, taken apart. `phone` may be a lid, `group` a broadcast list. */
export interface MessageAddress {
  form: 'phone' | 'group' | 'conversation';
  /** As it goes on the wire. */
  value: string;
}

/** Takes a checked recipient apart. */
export function addressOf(to: MessageRecipient): MessageAddress {
  const { phone, group, conversation }: { phone?: string; group?: string; conversation?: string } =
    typeof to === 'string' ? { phone: to } : to;
  if (phone !== undefined) return { form: 'phone', value: wireRecipient(phone) };
  if (group !== undefined) return { form: 'group', value: wireRecipient(group) };
  return { form: 'conversation', value: conversation ?? '' };
}
