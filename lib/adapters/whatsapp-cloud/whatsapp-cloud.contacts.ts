import type { EventSender } from '../../events/messaging-event.interface.js';
import { personAddress } from '../../events/whatsapp-address.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import { contradict, personOf } from '../../stores/known-people.js';
import type { KnownPerson } from '../../stores/person.store.js';
import { textIn } from '../json-fields.js';

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
  return personOf(withoutUndefined({ phone, userId }));
}

/** Returns the sender that a contact describes. */
export function senderIn(contact: unknown): EventSender {
  return withoutUndefined({
    phone: personAddress(textIn(contact, 'wa_id')).phone,
    userId: textIn(contact, 'user_id'),
    parentUserId: textIn(contact, 'parent_user_id'),
    username: textIn(contact, 'profile', 'username'),
    name: textIn(contact, 'profile', 'name'),
  });
}

function personIn(contact: unknown): KnownPerson {
  const { phone, userId } = senderIn(contact);
  return personKeys(phone, userId);
}
