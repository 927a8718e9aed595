import type { EventSender } from '../../events/messaging-event.interface.js';
import { personAddress } from '../../events/whatsapp-address.js';
import { contradict, personOf } from '../../stores/known-people.js';
import type { KnownPerson } from '../../stores/person.store.js';
import { textIn } from '../webhook-adapter.js';

/** Finds the contact with this phone number or user ID. */
export function findContact(contacts: readonly unknown[], person: KnownPerson): unknown {
  return contacts.find((contact) => {
    const { phone, userId } = personIn(contact);
    return (userId !== undefined && userId === person.userId) || (phone !== undefined && phone === person.phone);
  });
}

/** Finds the contact of the sender: by phone number or user ID, else the only contact if it does not contradict. */
export function contactOf(contacts: readonly unknown[], writer: KnownPerson): unknown {
  const [only, ...others] = contacts;
  const isWriters = others.length === 0 && !contradict(personIn(only), writer);
  return findContact(contacts, writer) ?? (isWriters ? only : undefined);
}

/** Returns the comparable keys of a person. */
export function personKeys(phone: string | undefined, userId: string | undefined): KnownPerson {
  return personOf({ ...(phone !== undefined && { phone }), ...(userId !== undefined && { userId }) });
}

/** Returns the sender that a contact describes. */
export function senderIn(contact: unknown): EventSender {
  const { phone } = personAddress(textIn(contact, 'wa_id'));
  const userId = textIn(contact, 'user_id');
  const parentUserId = textIn(contact, 'parent_user_id');
  const username = textIn(contact, 'profile', 'username');
  const name = textIn(contact, 'profile', 'name');
  return {
    ...(phone !== undefined && { phone }),
    ...(userId !== undefined && { userId }),
    ...(parentUserId !== undefined && { parentUserId }),
    ...(username !== undefined && { username }),
    ...(name !== undefined && { name }),
  };
}

function personIn(contact: unknown): KnownPerson {
  const { phone, userId } = senderIn(contact);
  return personKeys(phone, userId);
}
