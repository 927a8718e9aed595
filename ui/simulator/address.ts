import parsePhoneNumber from 'libphonenumber-js/min';
import type { PhoneOwner } from '../../lib/simulator/phones/phone-message.interface.js';

/** A number as people write it; other addresses as they are. */
export function shownAddress(address: string): string {
  if (!/^\d{5,}$/.test(address)) return address;
  return parsePhoneNumber(`+${address}`)?.formatInternational() ?? `+${address}`;
}

/** Whom a phone belongs to, in one line. */
export function shownName({ name, address }: PhoneOwner, group: string): string {
  if (name) return name;
  return /^\d+(?:-group|-\d+)$/.test(address) ? `${group} ${address.replace('-group', '').slice(-6)}` : address;
}
