import { phoneDigits, recipientKind } from '../message/recipient-kind.js';
import type { EventSender } from './messaging-event.interface.js';

/** What a provider's text for a person or a chat stands for. */
export type WhatsAppAddress =
  | Pick<EventSender, 'phone' | 'lid' | 'userId' | 'group'>
  /** A channel, or the posts that people call their status: nobody is spoken to there. */
  | { isBroadcast: true };

// A device of the person may stand between number and ending. Source: WhatsApp's own ids, as integrators see them.
const PHONE_ID = /^(\d+)(?::\d+)?@(?:s\.whatsapp\.net|c\.us)$/;
const LID = /^(\d+)(?::\d+)?@lid$/;
const GROUP = /@g\.us$/;
const BROADCAST = /@newsletter$|@broadcast$|-broadcast$/;

/** Takes a provider's text for a person or a chat apart; nothing of it if it is neither. */
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

/** The person of a text; nothing if it is a chat of several. */
export function personAddress(given: string | undefined): Pick<EventSender, 'phone' | 'lid' | 'userId'> {
  const address = whatsAppAddress(given);
  return isBroadcast(address) || address.group !== undefined ? {} : address;
}

/** A person without what is no number: the digits of the own lid, which stand in the place of one now and then. */
export function withoutLidAsPhone(person: EventSender): EventSender {
  const { phone, ...rest } = person;
  return phone !== undefined && person.lid === `${phone}@lid` ? rest : person;
}
