import type { MessageRecipient } from './button-message.interface.js';
import { phoneDigits, recipientKind } from './recipient-kind.js';

/** A recipient, taken apart. */
export interface MessageAddress {
  /** `group` may be a broadcast list. */
  form: 'phone' | 'lid' | 'userId' | 'group' | 'conversation';
  /** As it goes on the wire. */
  value: string;
}

/** Takes a recipient apart. A string that is a lid, a user id or a group is taken for one. */
export function parseRecipient(to: MessageRecipient): MessageAddress {
  const { phone, lid, userId, group, conversation }: Partial<Record<MessageAddress['form'], string>> =
    typeof to === 'string' ? { phone: to } : to;
  if (phone !== undefined) return { form: formOf(phone), value: wireRecipient(phone) };
  if (lid !== undefined) return { form: 'lid', value: lid.trim() };
  if (userId !== undefined) return { form: 'userId', value: userId.trim() };
  if (group !== undefined) return { form: 'group', value: wireRecipient(group) };
  return { form: 'conversation', value: conversation ?? '' };
}

/** A recipient for a provider's own form of the message: a phone number keeps what marks it as one with country code. */
export function markedAddress(to: MessageRecipient): string {
  const { form, value } = parseRecipient(to);
  return form === 'phone' ? `+${value}` : value;
}

/** A recipient as it goes on the wire: phone numbers as digits, everything else as it is. */
export function wireRecipient(recipient: string): string {
  return recipientKind(recipient) === 'phone' ? phoneDigits(recipient) : recipient.trim();
}

/** A phone number, or any other recipient, as logs may show it: the last four characters. */
export function maskRecipient(recipient: string): string {
  return `…${recipient.slice(-4)}`;
}

/**
 * The same text for every writing of one recipient. Phone numbers are compared without the digits that come and go
 * between WhatsApp and others: the ninth of Brazil's mobile numbers, the 1 of Mexico's, the 9 of Argentina's.
 *
 * @example
 * recipientKey('+55 11 98888-0001') === recipientKey({ phone: '551188880001' }); // true
 */
export function recipientKey(recipient: MessageRecipient): string {
  const { form, value } = parseRecipient(recipient);
  if (form === 'phone') return phoneKey(value);
  return form === 'group' || form === 'conversation' ? `${form}:${value}` : value;
}

/** The key of a phone number in digits. */
function phoneKey(digits: string): string {
  switch (digits.slice(0, 2)) {
    case '55':
      return digits.replace(/^(55\d{2})9(\d{8})$/, '$1$2');
    case '52':
      return digits.replace(/^521(\d{10})$/, '52$1');
    case '54':
      return digits.replace(/^549(\d{10})$/, '54$1');
    default:
      return digits;
  }
}

function formOf(text: string): MessageAddress['form'] {
  const kind = recipientKind(text);
  switch (kind) {
    case 'lid':
    case 'userId':
      return kind;
    case 'group':
    case 'broadcast':
      return 'group';
    default:
      return 'phone';
  }
}
