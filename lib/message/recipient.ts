import type { Issue } from '../errors/issue.js';
import type { MessageRecipient } from './button-message.interface.js';
import { isPossiblePhone } from './phone-number.js';
import { phoneDigits, recipientKind } from './recipient-kind.js';

/** A parsed recipient. */
export interface MessageAddress {
  /** A `group` may be a broadcast list. */
  form: 'phone' | 'lid' | 'userId' | 'group' | 'conversation';
  /** As the request contains it. */
  value: string;
}

/** Parses a recipient. A string may also be a lid, a user ID or a group. */
export function parseRecipient(to: MessageRecipient): MessageAddress {
  const { phone, lid, userId, group, conversation }: Partial<Record<MessageAddress['form'], string>> =
    typeof to === 'string' ? { phone: to } : to;
  if (phone !== undefined) return { form: formOf(phone), value: wireRecipient(phone) };
  if (lid !== undefined) return { form: 'lid', value: lid.trim() };
  if (userId !== undefined) return { form: 'userId', value: userId.trim() };
  if (group !== undefined) return { form: 'group', value: wireRecipient(group) };
  return { form: 'conversation', value: conversation ?? '' };
}

/** Returns a recipient for a provider's DTO. A phone number begins with `+`, which marks it as international. */
export function markedAddress(to: MessageRecipient): string {
  const { form, value } = parseRecipient(to);
  return form === 'phone' ? `+${value}` : value;
}

/** Returns a recipient as a request contains it: phone numbers as digits, everything else unchanged. */
export function wireRecipient(recipient: string): string {
  return recipientKind(recipient) === 'phone' ? phoneDigits(recipient) : recipient.trim();
}

/** Checks a phone number that is not part of a message. */
export function checkPhone(phone: unknown): Issue[] {
  if (typeof phone === 'string' && isPossiblePhone(phone)) return [];
  const message = 'phone must be a possible phone number that begins with + or with its country code';
  return [{ path: 'phone', rule: 'isPossiblePhone', message }];
}

/** Returns the last four characters of a recipient, for logs. */
export function maskRecipient(recipient: string): string {
  return `…${recipient.slice(-4)}`;
}

/**
 * Returns the same key for every format of one recipient.
 *
 * Ignores digits that differ between WhatsApp and other systems: the ninth of Brazil's mobile numbers, the 1 of Mexico's
 * and the 9 of Argentina's.
 *
 * @example
 * recipientKey('+55 11 98888-0001') === recipientKey({ phone: '551188880001' }); // true
 *
 * @publicApi
 */
export function recipientKey(recipient: MessageRecipient): string {
  const { form, value } = parseRecipient(recipient);
  if (form === 'phone') return phoneKey(value);
  return form === 'group' || form === 'conversation' ? `${form}:${value}` : value;
}

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
