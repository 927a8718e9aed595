import parsePhoneNumber from 'libphonenumber-js/min';
import type { PhoneOwner } from '../../lib/simulator/phones/phone-message.interface.js';

/** Formats phone numbers, and returns other addresses unchanged. */
export function shownAddress(address: string): string {
  if (!/^\d{5,}$/.test(address)) return address;
  return parsePhoneNumber(`+${address}`)?.formatInternational() ?? `+${address}`;
}

/** Describes the owner of a phone in one line. */
export function shownName({ name, address }: PhoneOwner, group: string): string {
  if (name) return name;
  return /^\d+(?:-group|-\d+)$/.test(address) ? `${group} ${address.replace('-group', '').slice(-6)}` : address;
}
