import { phoneDigits, recipientKind } from '../message/recipient-kind.js';
import type { EventSender } from './messaging-event.interface.js';

/** A parsed chat address of WhatsApp. */
export type WhatsAppAddress =
  | Pick<EventSender, 'phone' | 'lid' | 'userId' | 'group'>
  /** A channel or status posts. Neither has a single recipient. */
  | { isBroadcast: true };

// The number of a linked device may follow the number. Source: WhatsApp's own IDs, as integrators see them.
const PHONE_ID = /^(\d+)(?::\d+)?@(?:s\.whatsapp\.net|c\.us)$/;
const LID = /^(\d+)(?::\d+)?@lid$/;
const GROUP = /@g\.us$/;
const BROADCAST = /@newsletter$|@broadcast$|-broadcast$/;

/** Parses a provider's address of a person or chat. Returns an empty object if it is neither. */
export function whatsAppAddress(given: string | undefined): WhatsAppAddress {
  const text = given?.trim() ?? '';
  if (BROADCAST.test(text)) return { isBroadcast: true };
  const lid = LID.exec(text)?.[1];
  if (lid !== undefined) return { lid: `${lid}@lid` };
  const phone = PHONE_ID.exec(text)?.[1];
  if (phone !== undefined) return { phone };
  if (GROUP.test(text)) return { group: text };
  switch (recipientKind(text)) {
    case 'phone':
      return { phone: phoneDigits(text) };
    case 'group':
      return { group: text };
    case 'userId':
      return { userId: text };
    default:
      return {};
  }
}

export function isBroadcast(address: WhatsAppAddress): address is { isBroadcast: true } {
  return 'isBroadcast' in address;
}

/** Returns the person of an address, or nothing if it is a group or a channel. */
export function personAddress(given: string | undefined): Pick<EventSender, 'phone' | 'lid' | 'userId'> {
  const address = whatsAppAddress(given);
  return isBroadcast(address) || address.group !== undefined ? {} : address;
}

/** Removes a phone number that is in fact the digits of the person's lid, as some callbacks report it. */
export function withoutLidAsPhone(person: EventSender): EventSender {
  const { phone, ...rest } = person;
  return phone !== undefined && person.lid === `${phone}@lid` ? rest : person;
}
