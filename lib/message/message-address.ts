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
  if (typeof to === 'string') return { form: 'phone', value: wireRecipient(to) };
  if ('phone' in to) return { form: 'phone', value: wireRecipient(to.phone) };
  if ('group' in to) return { form: 'group', value: wireRecipient(to.group) };
  return { form: 'conversation', value: to.conversation };
}
